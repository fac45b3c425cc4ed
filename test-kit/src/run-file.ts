/** runFile: runs a file as a program of its own, as a user of the command line does. */
import { spawn } from "node:child_process";
import process from "node:process";

import { type Ended, endOf } from "./end-of.ts";
import { signalAt } from "./signal-at.ts";

interface RunFileOptions {
  /** What comes on standard input, which then ends; without it, there is none. */
  readonly input?: string;
  /** Added to our own environment; undefined takes a variable away. */
  readonly env?: Readonly<NodeJS.ProcessEnv>;
  /** The text at whose sight the user presses Ctrl+C. */
  readonly interruptAt?: string;
}

/** Resolves once the program has ended. */
export async function runFile(
  file: string,
  args: readonly string[] = [],
  { input, env, interruptAt }: RunFileOptions = {},
): Promise<Ended> {
  const child = spawn(process.execPath, [file, ...args], {
    env: { ...process.env, ...env },
    stdio: [input === undefined ? "ignore" : "pipe", "pipe", "pipe"],
  });
  child.stdin?.end(input);
  if (interruptAt !== undefined) signalAt(child, interruptAt, "SIGINT");
  return endOf(child);
}
