/** Runs a program of ours as a child that has the terminal to itself, and hands its exit code back. */
import { spawn } from "node:child_process";
import { constants } from "node:os";
import process from "node:process";

/**
 * Resolves to the exit code once the program has ended; one that a signal ended has the code that a shell would give it.
 * Ctrl+C reaches the child from the terminal; a signal sent to us alone is passed on. Either way the child decides how
 * it ends, and we wait for that.
 */
export function runProgram(file: string, args: readonly string[]): Promise<number> {
  const child = spawn(process.execPath, [file, ...args], { stdio: "inherit" });
  const passOn = (signal: NodeJS.Signals) => {
    if (signal === "SIGTERM" || !process.stdin.isTTY) child.kill(signal);
  };
  process.on("SIGINT", passOn).on("SIGTERM", passOn);
  return new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("exit", (code, signal) => {
      process.off("SIGINT", passOn).off("SIGTERM", passOn);
      resolve(code ?? 128 + constants.signals[signal ?? "SIGKILL"]);
    });
  });
}
