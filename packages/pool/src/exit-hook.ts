/**
 * The end of the program, as pools see it. Work under way keeps a program alive; `process.exit` does not wait, and takes the workers along.
 *
 * Python: `threading._register_atexit`, by which its executors join their workers. JavaScript cannot wait in an exit hook.
 */
import process from "node:process";

let exiting = false;
const killers = new Set<() => void>();

// Before all others, so that theirs already see it.
process.prependListener("exit", () => {
  exiting = true;
});
process.on("exit", () => {
  for (const kill of killers) kill();
});

/** Says whether the program is at its end: nothing can be submitted any more. */
export function isExiting(): boolean {
  return exiting;
}

/** Has a worker process killed at the exit of this one, so that none is left behind. Returns how to call that off. */
export function killAtExit(kill: () => void): () => void {
  killers.add(kill);
  return () => killers.delete(kill);
}
