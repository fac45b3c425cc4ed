/** Timers for those who wait on futures: on the scheduler if there is one (its time may be virtual), else on the host's clock. */
import type { Cancellable, Scheduler } from "./ports.ts";

// Captured at import, so that a test runner's fake timers do not stop us.
const { setTimeout, clearTimeout } = globalThis;

/** The host's `setTimeout` fires at once beyond this (24.8 days): longer waits go in steps. */
export const MAX_TIMEOUT: number = 2 ** 31 - 1;

/** @param delay - milliseconds, Infinity for never */
export function callAfter(scheduler: Scheduler | null, delay: number, callback: () => void): Cancellable {
  return scheduler === null ? new HostTimer(delay, callback) : scheduler.callLater(delay, callback);
}

class HostTimer implements Cancellable {
  #timer: NodeJS.Timeout | undefined;

  constructor(delay: number, callback: () => void) {
    this.#start(delay, callback);
  }

  cancel(): void {
    clearTimeout(this.#timer);
  }

  #start(delay: number, callback: () => void): void {
    if (delay <= MAX_TIMEOUT) this.#timer = setTimeout(callback, Math.max(delay, 0));
    else this.#timer = setTimeout(() => this.#start(delay - MAX_TIMEOUT, callback), MAX_TIMEOUT);
  }
}
