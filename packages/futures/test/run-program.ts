/** runProgram: runs a text as a program of its own, for what only a process can show: exit codes, and what is printed at the end. */
import { spawn } from "node:child_process";
import process from "node:process";
import { text } from "node:stream/consumers";

export interface Ended {
  /** Null if it had to be killed because it did not end. */
  readonly exitCode: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Milliseconds. A program that takes longer hangs. */
const PATIENCE = 10_000;

/** Resolves once the program, an ES module, has ended. */
export async function runProgram(code: string, ...nodeOptions: string[]): Promise<Ended> {
  // From standard input, so that `@async/...` resolves from this folder.
  const child = spawn(process.execPath, [...nodeOptions, "--input-type=module"], {
    cwd: import.meta.dirname,
    timeout: PATIENCE,
    killSignal: "SIGKILL",
  });
  child.stdin.end(code);
  const ended = new Promise<number | null>((resolve) => child.on("close", resolve));
  const [stdout, stderr, exitCode] = await Promise.all([text(child.stdout), text(child.stderr), ended]);
  return { exitCode, stdout, stderr };
}
