/** runProgram: runs a text as a program of its own, for what only a process can show: exit codes, signals, and what keeps it alive. */
import { spawn } from "node:child_process";
import process from "node:process";
import { text } from "node:stream/consumers";

export interface Ended {
  /** Null if a signal ended it; SIGKILL comes from us, because it did not end. */
  readonly exitCode: number | null;
  readonly signal: NodeJS.Signals | null;
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
  const ended = new Promise<Pick<Ended, "exitCode" | "signal">>((resolve) => {
    child.on("close", (exitCode: number | null, signal: NodeJS.Signals | null) =>
      resolve({ exitCode, signal }),
    );
  });
  const [stdout, stderr, how] = await Promise.all([text(child.stdout), text(child.stderr), ended]);
  return { ...how, stdout, stderr };
}
