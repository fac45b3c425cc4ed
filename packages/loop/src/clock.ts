/**
 * Clocks: the time of a loop, real or virtual, in milliseconds from an arbitrary start.
 *
 * Virtual time stands still while anything is ready to run; when nothing is, the loop moves it to the next deadline. So hours pass at once,
 * and the same program always gives the same trace.
 */

import { hostNow } from "./host.ts";

/** Where a loop takes its time from. */
export interface Clock {
  /** Milliseconds; never goes back. */
  now(): number;
  /** Moves to the deadline at once. A clock without it makes the loop wait in real time. */
  advanceTo?(when: number): void;
}

/** The time of the host, which `setTimeout` follows. */
export class RealClock implements Clock {
  now(): number {
    return hostNow();
  }
}

/**
 * Time that moves only when every task is blocked. Starts at 0.
 *
 * @example
 * ```ts
 * import { EventLoop, VirtualClock } from "@async/loop";
 *
 * const loop = new EventLoop({ clock: new VirtualClock() });
 * loop.callLater(3_600_000, () => console.log(`an hour later: ${loop.time()}`));
 * await loop.runUntilIdle();
 * ```
 */
export class VirtualClock implements Clock {
  #now = 0;

  now(): number {
    return this.#now;
  }

  advanceTo(when: number): void {
    if (when > this.#now) this.#now = when;
  }
}
