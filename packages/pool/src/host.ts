/**
 * The host's timers, ticks and clock, captured at import so that a test runner's fake timers do not stop a pool.
 *
 * What a pool schedules belongs to no caller: it runs in the root context, or the first caller's `AsyncLocalStorage` would be kept alive by
 * the workers and be seen in all they cause.
 */
import { AsyncResource } from "node:async_hooks";
import process from "node:process";

const root = new AsyncResource("AsyncPool");
const { setTimeout, clearTimeout, setImmediate } = globalThis;
const nextTick = process.nextTick.bind(process);

/** Milliseconds, 24.8 days: the host's `setTimeout` fires at once beyond this. As `MAX_TIMEOUT` of `@async/futures`, whose import every worker is spared. */
const LONGEST = 2 ** 31 - 1;

export type HostTimer = NodeJS.Timeout;
export { clearTimeout };

/** Milliseconds; never goes back. */
export const hostNow: () => number = performance.now.bind(performance);

/** Calls the function outside of every caller's async context. */
export function inRootContext<R>(callback: () => R): R {
  return root.runInAsyncScope(callback);
}

/** Calls back once the running code has ended. */
export function afterTick(callback: () => void): void {
  nextTick(callback);
}

/**
 * Calls back after `delay` milliseconds, be it months; Infinity is never, and has no timer. The timer does not keep the program alive.
 */
export function afterDelay(delay: number, callback: () => void): HostTimer | undefined {
  if (delay > LONGEST) return delay === Infinity ? undefined : startLongTimer(delay, callback);
  return startTimer(delay, callback);
}

function startTimer(delay: number, callback: () => void): HostTimer {
  return inRootContext(() => setTimeout(callback, delay)).unref();
}

/** Waits in equal steps: so one timer serves for all of them, refreshed after each, and stays the one to be cleared. */
function startLongTimer(delay: number, callback: () => void): HostTimer {
  let steps = Math.ceil(delay / LONGEST);
  const timer = startTimer(Math.min(delay / steps, LONGEST), () => {
    steps -= 1;
    if (steps > 0) timer.refresh();
    else callback();
  });
  return timer;
}

/** Resolves after the host has looked at its I/O: a first `Immediate` may still belong to the turn in which it was asked for. */
export function afterIo(): Promise<void> {
  return new Promise((resolve) => {
    setImmediate(() => setImmediate(resolve));
  });
}
