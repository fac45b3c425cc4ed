/**
 * The host's timers and ticks, captured at import so that a test runner's fake timers do not stop a loop.
 *
 * What the loop schedules on the host is scheduled from the root context: a Node `Immediate` keeps the async context in which it was made,
 * and would keep the task alive that happened to run then.
 */
import { AsyncResource, executionAsyncResource } from "node:async_hooks";
import process from "node:process";

import { MAX_TIMEOUT } from "@async/futures/port";

const root = new AsyncResource("AsyncLoop");
const { setImmediate, clearImmediate, setTimeout, clearTimeout } = globalThis;
const nextTick = process.nextTick.bind(process);

export type HostImmediate = NodeJS.Immediate;
export type HostTimer = NodeJS.Timeout;

/** Calls back after the host has looked at its I/O. */
export function afterIo(callback: () => void): HostImmediate {
  return root.runInAsyncScope(setImmediate as (callback: () => void) => HostImmediate, undefined, callback);
}

/** Calls `first` after the host has looked at its I/O and then `step` so many times, each once no microtask is left. */
export function batchAfterIo(first: () => void, step: () => void, steps: number): HostImmediate {
  return root.runInAsyncScope(() => {
    const immediate = setImmediate(first);
    for (let i = 0; i < steps; i++) setImmediate(step);
    return immediate;
  });
}

/** Calls back after `delay` milliseconds, or earlier where the host cannot wait that long. */
export function afterDelay(delay: number, callback: () => void): HostTimer {
  // Rounded up: a timer that fires early is set again, for another millisecond at least.
  const whole = Math.min(Math.max(Math.ceil(delay), 1), MAX_TIMEOUT);
  return root.runInAsyncScope(
    setTimeout as (callback: () => void, delay: number) => HostTimer,
    undefined,
    callback,
    whole,
  );
}

export { clearImmediate, clearTimeout };

/** Milliseconds; never goes back. */
export const hostNow: () => number = performance.now.bind(performance);

const resolved = Promise.resolve();

/**
 * One tick of Node, kept for good. V8 forgets the shape of these objects, and the code that was optimised for it, when its collector finds none of
 * them alive, as between two ticks; after a few collections a tick would cost three times as much. Benchmark: create + await a task.
 */
const keptTicks: object[] = [];
nextTick(() => {
  keptTicks.push(executionAsyncResource());
});

/**
 * Returns a function that has `callback` called once no microtask is left.
 *
 * A tick of Node runs when the microtask queue is empty, but those that were queued before the microtasks run first; so the tick is
 * queued by a microtask. A reaction of a resolved promise is the cheapest one there is: `queueMicrotask` makes an AsyncResource.
 * Called from a job of the loop, so in the root context.
 */
export function afterMicrotasks(callback: () => void): () => void {
  const queueTick = (): void => {
    nextTick(callback);
  };
  return () => {
    void resolved.then(queueTick);
  };
}
