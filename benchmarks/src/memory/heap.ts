/** The bytes that are in use on the heap once all garbage is gone. */
import process from "node:process";
import { setImmediate as turn } from "node:timers/promises";

/** @throws Error without `--expose-gc`. */
export async function heapInUse(): Promise<number> {
  if (globalThis.gc === undefined) throw new Error("The heap can be measured only with --expose-gc");
  // What a finalizer or a weak reference lets go of goes with the collection after it.
  for (let i = 0; i < 3; i++) {
    globalThis.gc();
    await turn();
  }
  return process.memoryUsage().heapUsed;
}
