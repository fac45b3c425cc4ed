/** Timers for those who wait on futures: on the scheduler if there is one (its time may be virtual), else on the host's clock. */
import { UsageError } from "./errors.ts";
import type { Cancellable, Scheduler } from "./ports.ts";

// Captured at import, so that a test runner's fake timers do not stop us.
const { setTimeout, clearTimeout } = globalThis;

/** @param delay - milliseconds */
export function callAfter(scheduler: Scheduler | null, delay: number, callback: () => void): Cancellable {
  if (scheduler !== null) return scheduler.callLater(delay, callback);
  const timer = setTimeout(callback, delay);
  return {
    cancel(): void {
      clearTimeout(timer);
    },
  };
}

/** Checks a timeout option: milliseconds, or none. */
export function checkTimeout(caller: string, timeout: unknown): asserts timeout is number | null | undefined {
  if (timeout === undefined || timeout === null) return;
  if (typeof timeout !== "number")
    throw new TypeError(`${caller}: timeout is a number of milliseconds, got ${typeof timeout}`);
  if (Number.isNaN(timeout))
    throw new UsageError(`${caller}: timeout is NaN; pass milliseconds, or leave it out to wait for ever`);
}
