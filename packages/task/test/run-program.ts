/** runProgram: runs a text as a program of its own, for what only a process can show: signals, exit codes, what is printed at the end. */
import { spawn } from "node:child_process";
import process from "node:process";
import { text } from "node:stream/consumers";

import { vi } from "vitest";

export interface Ended {
  readonly exitCode: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Milliseconds. A program that takes longer hangs. */
const PATIENCE = 20_000;
vi.setConfig({ testTimeout: 1.5 * PATIENCE });

/**
 * Resolves once the program has ended. Each line "kill <signal>" that it prints has that signal sent to it, and is left out of what it printed.
 */
export async function runProgram(code: string): Promise<Ended> {
  // From standard input, so that `@async/...` resolves from this folder.
  const child = spawn(process.execPath, ["--input-type=module"], {
    cwd: import.meta.dirname,
    timeout: PATIENCE,
    killSignal: "SIGKILL",
  });
  child.stdin.end(code);
  let unread = "";
  child.stdout.setEncoding("utf8").on("data", (chunk: string) => {
    const lines = (unread + chunk).split("\n");
    unread = lines.pop()!;
    for (const line of lines) {
      const signal = /^kill (SIG\w+)$/.exec(line)?.[1];
      if (signal !== undefined) child.kill(signal as NodeJS.Signals);
    }
  });
  const ended = new Promise<[number | null, NodeJS.Signals | null]>((resolve) =>
    child.on("close", (...how) => {
      resolve(how);
    }),
  );
  const [stdout, stderr, [exitCode, signal]] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    ended,
  ]);
  return { exitCode, signal, stdout: stdout.replaceAll(/^kill SIG\w+\n/gm, ""), stderr };
}
