import { describe, expect, it } from "vitest";

import { programRunner } from "../src/index.ts";

const runProgram = programRunner(import.meta.dirname);

describe("a program that is a text", { tags: ["slow"] }, () => {
  it("is run as a module, and gives its exit code and what it printed", async () => {
    const ended = await runProgram(`
      import process from "node:process";
      console.log(await "out");
      console.error("err");
      process.exitCode = 3;
    `);
    expect(ended).toEqual({ exitCode: 3, signal: null, stdout: "out\n", stderr: "err\n" });
  });

  it("is run with the options of Node that follow", async () => {
    expect((await runProgram(`console.log(typeof gc);`, "--expose-gc")).stdout).toBe("function\n");
  });

  it("finds its imports from the folder", async () => {
    const { stdout } = await runProgram(`
      import { errorOf } from "@async/test-kit";
      console.log(await errorOf(() => { throw "it"; }));
    `);
    expect(stdout).toBe("it\n");
  });

  it("has the signals sent to it that it asks for", async () => {
    const ended = await runProgram(`
      process.once("SIGINT", () => console.log("heard\\nkill SIGTERM"));
      console.log("kill SIGINT");
      setTimeout(() => {}, 60_000);
    `);
    expect(ended).toEqual({ exitCode: null, signal: "SIGTERM", stdout: "heard\n", stderr: "" });
  });
});
