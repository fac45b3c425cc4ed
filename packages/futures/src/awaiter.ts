/**
 * currentAwaiter: who awaits in the running code. It travels in the async context, which V8 carries through every await and in which it calls
 * `future.then`.
 */
import { AsyncLocalStorage } from "node:async_hooks";

import type { Awaiter, Scheduler } from "./ports.ts";

// One per process, also when two copies of this package are installed: the version is that of the port.
const KEY = Symbol.for("@async/awaiter/1");
const shared = globalThis as { [KEY]?: AsyncLocalStorage<Awaiter> | undefined };

export const awaiterStorage: AsyncLocalStorage<Awaiter> = (shared[KEY] ??= new AsyncLocalStorage<Awaiter>());

/** Returns who awaits in the running code, or undefined outside tasks and callbacks. */
export function currentAwaiter(): Awaiter | undefined {
  return awaiterStorage.getStore();
}

/** Makes the one who awaits in the callbacks of a scheduler: nobody, whose awaits are woken there and never cancelled. */
export function bystanderOf(scheduler: Scheduler): Awaiter {
  return {
    scheduler,
    task: null,
    suspend: () => null,
    resume: () => null,
    beginTurn: () => 0,
    endTurn: () => null,
  };
}
