/**
 * RateLimiter: so many per interval; waiters go in the order in which they came.
 *
 *     ──x─xx──────────x─xx────►   limit 3: in no span shorter than the interval do more than three go
 *       └── interval ──┘
 *
 * It remembers when the last ones went, as many as the limit is. One that went counts for a whole interval from the moment when it really went, so
 * the limit holds for every span of time, not only for fixed ones; a bucket that refills would let twice as many go around its edge. A waiter
 * that is woken has its place; one that is cancelled before its turn leaves it to the next.
 *
 * Python: none.
 */
import { inspect } from "node:util";

import { UsageError } from "@async/futures";
import type { EventLoop, TimerHandle } from "@async/loop";

import { Fifo } from "./fifo.ts";
import { HomeLoop } from "./home-loop.ts";
import { Waiters, type Waiting } from "./waiters.ts";

export interface RateLimiterStatistics {
  readonly limit: number;
  /** Milliseconds. */
  readonly interval: number;
  /** How many went in the last interval, or are about to go. */
  readonly used: number;
  /** Those who wait, the next one first. */
  readonly waiters: readonly Waiting[];
}

export class RateLimiter {
  readonly limit: number;
  /** Milliseconds. */
  readonly interval: number;
  readonly #home = new HomeLoop(this);
  readonly #waiters = new Waiters(this, "acquire", this.#home);
  /** When those went who still count, the oldest first. */
  readonly #went = new Fifo<number>();
  /** Those who are woken and have not gone yet. */
  #going = 0;
  /** Set while somebody waits: for when the oldest of `#went` does not count any more. Where there is none, those who are going look again. */
  #timer: TimerHandle | null = null;

  /**
   * @param limit - how many may go
   * @param interval - within so many milliseconds of the loop's time
   * @throws UsageError unless the limit is a whole number from 1 on and the interval is finite and above 0; TypeError for what is no number.
   */
  constructor(limit: number, interval: number) {
    if (typeof limit !== "number" || typeof interval !== "number")
      throw new TypeError(`RateLimiter takes two numbers, got ${inspect(limit)} and ${inspect(interval)}`);
    if (!Number.isInteger(limit) || limit < 1)
      throw new UsageError(`RateLimiter: the limit is a whole number from 1 on, got ${limit}`);
    if (!Number.isFinite(interval) || interval <= 0)
      throw new UsageError(
        `RateLimiter: the interval is in milliseconds, finite and above 0; got ${interval}`,
      );
    this.limit = limit;
    this.interval = interval;
  }

  /**
   * Resolves when we may go; at once, without a turn of the loop, if the limit is not reached and nobody waits. Nothing is to be given back.
   * Cancelling the wait leaves rate and queue as they were.
   *
   * @throws UsageError on another loop than the first one that it was used on, whose time it goes by.
   *
   * @example
   * ```ts
   * import { EventLoop, VirtualClock } from "@async/loop";
   * import { RateLimiter } from "@async/sync";
   * import { run } from "@async/task";
   *
   * const loop = new EventLoop({ clock: new VirtualClock() });
   * await run(async () => {
   *   const twoPerSecond = new RateLimiter(2, 1000);
   *   for (let request = 1; request <= 5; request += 1) {
   *     await twoPerSecond.acquire();
   *     console.log(loop.time()); // 0, 0, 1000, 1000, 2000
   *   }
   * }, { loop });
   * ```
   */
  async acquire(): Promise<void> {
    const loop = this.#home.enter();
    if (this.#waiters.next() === null && this.#used(loop) < this.limit) this.#went.push(loop.time());
    else await this.#goInTurn(loop);
  }

  statistics(): RateLimiterStatistics {
    const { limit, interval } = this;
    const used = this.#home.loop === null ? 0 : this.#used(this.#home.loop);
    return Object.freeze({ limit, interval, used, waiters: this.#waiters.statistics() });
  }

  toString(): string {
    const { limit, interval, used, waiters } = this.statistics();
    const waiting = waiters.length > 0 ? ` waiters=${waiters.length}` : "";
    return `<RateLimiter used=${used}/${limit} interval=${interval}${waiting}>`;
  }

  [inspect.custom](): string {
    return this.toString();
  }

  async #goInTurn(loop: EventLoop): Promise<void> {
    const turn = this.#waiters.park();
    try {
      this.#setTimer(loop);
      try {
        await turn;
      } finally {
        this.#waiters.leave(turn);
      }
      this.#went.push(loop.time());
    } finally {
      // Gone, or cancelled between our wake-up and our turn: then our place is free for the next.
      if (turn.wasWoken()) this.#going -= 1;
      this.#letGo(loop);
    }
  }

  /** Wakes as many as may go now. */
  #letGo(loop: EventLoop): void {
    while (this.#used(loop) < this.limit && this.#waiters.wakeNext()) this.#going += 1;
    this.#setTimer(loop);
  }

  /** Sets the timer if somebody waits for it, and else leaves none behind. */
  #setTimer(loop: EventLoop): void {
    const oldest = this.#went.first;
    if (this.#waiters.next() === null || oldest === undefined) {
      this.#timer?.cancel();
      this.#timer = null;
    } else this.#timer ??= loop.setAlarm(oldest + this.interval, this.#onTimer, loop);
  }

  readonly #onTimer = (loop: EventLoop): void => {
    this.#timer = null;
    this.#letGo(loop);
  };

  /** How many count at this moment: they went less than an interval ago, or are about to go. */
  #used(loop: EventLoop): number {
    const now = loop.time();
    while (this.#went.first !== undefined && this.#went.first + this.interval <= now) this.#went.take();
    return this.#went.size + this.#going;
  }
}
