/** The start command: which app it runs, and what comes back from it. */
import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import process from "node:process";
import { text } from "node:stream/consumers";

import { afterEach, beforeEach, describe, expect, it } from "vitest";

const scripts = path.resolve(import.meta.dirname, "..");

function start(...args: string[]): { status: number | null; stdout: string; stderr: string } {
  return spawnSync(process.execPath, [path.join(scripts, "start.ts"), ...args], { encoding: "utf8" });
}

describe("start", () => {
  it("names the apps when it does not know the one asked for", () => {
    const { status, stderr } = start("nobody");
    expect(status).toBe(2);
    expect(stderr).toContain("There is no app named nobody");
    expect(stderr).toContain("asyncio_coroutine, asyncio_event_loop, manipulating_task");
  });

  it("says how it is used", () => {
    const { status, stdout } = start("--help");
    expect(status).toBe(0);
    expect(stdout).toContain("Usage: pnpm start [app [options of the app]]");
  });

  it("runs the app that is named, and hands it what follows", () => {
    const { status, stdout } = start("manipulating_task", "--help");
    expect(status).toBe(0);
    expect(stdout).toContain("Usage");
    expect(stdout).not.toContain("===");
  });
});

describe("runProgram", () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(path.join(tmpdir(), "program-"));
  });
  afterEach(() => {
    rmSync(folder, { recursive: true });
  });

  /** Returns the command that runs a program of the given code with `runProgram`, and ends with its exit code. */
  function runner(code: string, args: string[] = []): string[] {
    const program = path.join(folder, "program.mjs");
    writeFileSync(program, code);
    return [
      "--input-type=module",
      "--eval",
      `import { runProgram } from ${JSON.stringify(path.join(scripts, "run-program.ts"))};
       process.exitCode = await runProgram(${JSON.stringify(program)}, ${JSON.stringify(args)});`,
    ];
  }

  it("passes the arguments on, and the exit code back", () => {
    const command = runner("console.log(process.argv.slice(2)); process.exitCode = 7;", ["--a", "b c"]);
    const { status, stdout } = spawnSync(process.execPath, command, { encoding: "utf8" });
    expect(stdout).toBe("[ '--a', 'b c' ]\n");
    expect(status).toBe(7);
  });

  it.each(["SIGINT", "SIGTERM"] as const)(
    "passes %s on, and waits for the end that the program chooses",
    async (signal) => {
      const command = runner(`
      process.on("${signal}", () => setTimeout(() => { console.log("cleaned up"); process.exit(3); }, 20));
      console.log("ready");
      setInterval(() => {}, 1000);`);
      const child = spawn(process.execPath, command, { stdio: ["ignore", "pipe", "inherit"] });
      child.stdout.once("data", () => child.kill(signal));
      const [output, [status]] = await Promise.all([
        text(child.stdout),
        once(child, "exit") as Promise<[number]>,
      ]);
      expect(output).toBe("ready\ncleaned up\n");
      expect(status).toBe(3);
    },
  );

  it("gives a program that a signal ended the exit code that a shell gives it", () => {
    const { status } = spawnSync(process.execPath, runner("process.kill(process.pid, 'SIGKILL');"));
    expect(status).toBe(137);
  });
});
