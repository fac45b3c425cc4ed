/**
 * The port through which a future learns who awaits it: V8 calls `future.then` in the async context of the caller, and the current
 * awaiter travels in that context.
 *
 *     async function of a task ── await future ──► future.then(resolve, reject)
 *                                                      │ currentAwaiter()
 *     task's scope ◄──────── suspend(suspension) ──────┘      ... cancel(): the scope now knows which future to cancel
 */
import { AsyncLocalStorage } from "node:async_hooks";

import type { CancelledError } from "./errors.ts";
import type { Scheduler } from "./scheduler.ts";
import type { Suspension } from "./suspension.ts";

/** Who awaits: a scope of a task, or nobody (a callback of a loop). */
export interface Awaiter {
  /** Wakes it. */
  readonly scheduler: Scheduler;
  /** The task that waits, null in a callback: its awaits belong to nobody. */
  readonly task: object | null;
  /**
   * An await begins on a future that is not done. The error that is returned, if any, is thrown there one turn later, and the
   * future is left alone.
   */
  suspend(suspension: Suspension): Error | null;
  /** The await ends: this turn resumes it. A cancellation that was requested meanwhile is returned, to be thrown there instead. */
  resume(suspension: Suspension): CancelledError | null;
}

// One per process, also when two copies of this package are installed: the version is that of the protocol above.
const KEY = Symbol.for("@async/awaiter/1");
const shared = globalThis as { [KEY]?: AsyncLocalStorage<Awaiter> };

/** Holds the awaiter of the running code; V8 carries it through every await. */
export const awaiterStorage: AsyncLocalStorage<Awaiter> = (shared[KEY] ??= new AsyncLocalStorage<Awaiter>());

/** Returns who awaits in the running code, or undefined outside tasks and callbacks. */
export function currentAwaiter(): Awaiter | undefined {
  return awaiterStorage.getStore();
}
