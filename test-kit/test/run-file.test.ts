import { writeFileSync } from "node:fs";
import path from "node:path";

import { afterAll, describe, expect, it } from "vitest";

import { runFile, temporaryFolder } from "../src/index.ts";

const folder = temporaryFolder();
afterAll(() => folder[Symbol.dispose]());

function program(code: string): string {
  const file = path.join(folder.path, "program.mjs");
  writeFileSync(file, code);
  return file;
}

describe("a program that is a file", { tags: ["slow"] }, () => {
  it("gets its arguments, its input and its variables", async () => {
    const file = program(`
      import { text } from "node:stream/consumers";
      console.log(process.argv.slice(2), await text(process.stdin), process.env.GIVEN, process.env.PATH);
    `);
    const { stdout } = await runFile(file, ["a", "b"], {
      input: "typed",
      env: { GIVEN: "yes", PATH: undefined },
    });
    expect(stdout).toBe("[ 'a', 'b' ] typed yes undefined\n");
  });

  it("finds standard input at its end when it is given none", async () => {
    const file = program(`process.stdin.on("end", () => console.log("end")).resume();`);
    expect((await runFile(file)).stdout).toBe("end\n");
  });

  it("is interrupted once, when it has printed the text, be it in parts", async () => {
    const file = program(`
      let count = 0;
      process.on("SIGINT", () => console.log("SIGINT", count += 1));
      process.stdout.write("re");
      setTimeout(() => process.stdout.write("ady\\n"), 20);
      setTimeout(() => {}, 200);
    `);
    const ended = await runFile(file, [], { interruptAt: "ready" });
    expect(ended).toEqual({ exitCode: 0, signal: null, stdout: "ready\nSIGINT 1\n", stderr: "" });
  });
});
