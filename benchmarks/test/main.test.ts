import path from "node:path";

import { runFile } from "@async/test-kit";
import { describe, expect, it } from "vitest";

const main = path.resolve(import.meta.dirname, "../src/main.ts");

describe("pnpm bench", { tags: ["slow"] }, () => {
  it("runs the works that are named, and prints what they gave", async () => {
    const { exitCode, stdout } = await runFile(main, ["size", "--only", "futures,loop"]);
    expect(exitCode).toBe(0);
    expect(stdout).toMatch(/all of `@async\/futures`\s/);
    expect(stdout).toMatch(/@async.* kB/);
    expect(stdout).not.toContain("@async/task");
    expect(stdout).toContain("Command: pnpm bench size --only futures,loop");
  });

  it("refuses a benchmark that is not there, and says which are", async () => {
    const { exitCode, stderr } = await runFile(main, ["speed"]);
    expect(exitCode).toBe(2);
    expect(stderr).toContain("Allowed choices are tasks, futures");
  });

  it("refuses a Node that is not there", async () => {
    const { exitCode, stderr } = await runFile(main, ["size", "--node", "7"]);
    expect(exitCode).toBe(2);
    expect(stderr).toContain("There is no Node 7 here");
  });

  it("explains itself", async () => {
    const { exitCode, stdout } = await runFile(main, ["--help"]);
    expect(exitCode).toBe(0);
    expect(stdout).toContain("--rounds");
  });
});
