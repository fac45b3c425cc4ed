/** The start command: which app it runs, and what comes back from it. */
import { type ChildProcess, spawn } from "node:child_process";
import { writeFileSync } from "node:fs";
import path from "node:path";
import process from "node:process";

import { type Ended, endOf, runFile, signalAt, temporaryFolder } from "@async/test-kit";
import { afterAll, describe, expect, it } from "vitest";

const scripts = path.resolve(import.meta.dirname, "..");

function start(...args: string[]): Promise<Ended> {
  return runFile(path.join(scripts, "start.ts"), args);
}

describe("start", { tags: ["slow"] }, () => {
  it("names the apps when it does not know the one asked for", async () => {
    const { exitCode, stderr } = await start("nobody");
    expect(exitCode).toBe(2);
    expect(stderr).toContain("There is no app named nobody");
    expect(stderr).toContain(
      "asyncio_coroutine, asyncio_event_loop, concurrent_futures_pooling, manipulating_task",
    );
  });

  it("says how it is used", async () => {
    const { exitCode, stdout } = await start("--help");
    expect(exitCode).toBe(0);
    expect(stdout).toContain("Usage: pnpm start [app [options of the app]]");
  });

  it("runs the app that is named, and hands it what follows", async () => {
    const { exitCode, stdout } = await start("manipulating_task", "--help");
    expect(exitCode).toBe(0);
    expect(stdout).toContain("Usage");
    expect(stdout).not.toContain("===");
  });
});

describe("runProgram", { tags: ["slow"] }, () => {
  const folder = temporaryFolder();
  afterAll(() => folder[Symbol.dispose]());

  /** Starts a program that runs another of the given code with `runProgram`, and ends with its exit code. */
  function runInside(code: string, args: string[] = []): ChildProcess {
    const program = path.join(folder.path, "program.mjs");
    writeFileSync(program, code);
    const runner = `
      import { runProgram } from ${JSON.stringify(path.join(scripts, "run-program.ts"))};
      process.exitCode = await runProgram(${JSON.stringify(program)}, ${JSON.stringify(args)});
    `;
    return spawn(process.execPath, ["--input-type=module", "--eval", runner]);
  }

  it("passes the arguments on, and the exit code back", async () => {
    const child = runInside("console.log(process.argv.slice(2)); process.exitCode = 7;", ["--a", "b c"]);
    const { exitCode, stdout } = await endOf(child);
    expect(stdout).toBe("[ '--a', 'b c' ]\n");
    expect(exitCode).toBe(7);
  });

  it.each(["SIGINT", "SIGTERM"] as const)(
    "passes %s on, and waits for the end that the program chooses",
    async (signal) => {
      const child = runInside(`
      process.on("${signal}", () => setTimeout(() => { console.log("cleaned up"); process.exit(3); }, 20));
      console.log("ready");
      setInterval(() => {}, 1000);`);
      signalAt(child, "ready", signal);
      const { exitCode, stdout } = await endOf(child);
      expect(stdout).toBe("ready\ncleaned up\n");
      expect(exitCode).toBe(3);
    },
  );

  it("gives a program that a signal ended the exit code that a shell gives it", async () => {
    const { exitCode } = await endOf(runInside("process.kill(process.pid, 'SIGKILL');"));
    expect(exitCode).toBe(137);
  });
});
