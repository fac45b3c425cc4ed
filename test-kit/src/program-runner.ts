/**
 * programRunner: runs texts as programs of their own, for what only a process can show: signals, exit codes, what keeps it
 * alive, and what is printed at the end.
 *
 *     const runProgram = programRunner(import.meta.dirname);
 *     const { exitCode, stdout } = await runProgram(`console.log("hello");`);
 */
import { type ChildProcess, spawn } from "node:child_process";
import process from "node:process";

import { type Ended, endOf } from "./end-of.ts";

/** Resolves once the program, an ES module, has ended. */
type RunProgram = (code: string, ...nodeOptions: string[]) => Promise<Ended>;

/**
 * Returns a function that runs programs as if they lay in the folder: they import what a file there may import.
 *
 * Each line "kill SIGINT" that a program prints has that signal sent to it, and is left out of what it printed.
 */
export function programRunner(folder: string): RunProgram {
  return async (code, ...nodeOptions) => {
    // From standard input, so that `@async/...` resolves from the folder.
    const child = spawn(process.execPath, [...nodeOptions, "--input-type=module"], { cwd: folder });
    child.stdin.end(code);
    killWhenAsked(child);
    const ended = await endOf(child);
    return { ...ended, stdout: ended.stdout.replaceAll(/^kill SIG\w+\n/gm, "") };
  };
}

function killWhenAsked(child: ChildProcess): void {
  let unread = "";
  child.stdout?.setEncoding("utf8").on("data", (chunk: string) => {
    const lines = (unread + chunk).split("\n");
    unread = lines.pop() ?? "";
    for (const line of lines) {
      const signal = /^kill (SIG\w+)$/.exec(line)?.[1];
      if (signal !== undefined) child.kill(signal as NodeJS.Signals);
    }
  });
}
