/**
 * Barrier: tasks wait for each other. The last of so many opens it; all pass; then it closes for the next round.
 *
 *     filling ──the last one came──► draining ──the last one left──► filling
 *        │  └──reset while some wait──► resetting ──the last one left──► filling
 *        └──abort──► broken ──reset──► filling, or resetting while some are still inside
 *
 * While it drains or resets, newcomers are held back, so that rounds do not mix.
 *
 * Python: `asyncio.Barrier`. Source: Lib/asyncio/locks.py.
 */
import { inspect } from "node:util";

import { UsageError } from "@async/futures";

import { Condition } from "./condition.ts";
import { BrokenBarrierError } from "./errors.ts";
import type { Waiting } from "./waiters.ts";

export type BarrierState = "filling" | "draining" | "resetting" | "broken";

export interface BarrierStatistics {
  readonly state: BarrierState;
  readonly parties: number;
  /** Those who wait: for the others, or outside for the end of the last round. The first to come first. */
  readonly waiters: readonly Waiting[];
}

export class Barrier {
  /** How many have to come. */
  readonly parties: number;
  /** Notified whenever the state changes. */
  readonly #changed = new Condition();
  #state: BarrierState = "filling";
  /** Those who are inside: from their arrival until they have left. */
  #count = 0;

  /**
   * @param parties - how many have to come
   * @throws UsageError if it is less than 1 or no whole number, TypeError if it is no number.
   */
  constructor(parties: number) {
    if (typeof parties !== "number")
      throw new TypeError(`Barrier takes the number of its parties, got ${inspect(parties)}`);
    if (!Number.isInteger(parties) || parties < 1)
      throw new UsageError(`Barrier takes a whole number of parties from 1 on, got ${parties}`);
    this.parties = parties;
  }

  /** How many wait for the others; 0 while it is not filling. */
  get nWaiting(): number {
    return this.#state === "filling" ? this.#count : 0;
  }

  /** Whether it was aborted, and not reset since. */
  get broken(): boolean {
    return this.#state === "broken";
  }

  /**
   * Waits for the others; resolves to a number that each of a round gets once, from 0 on in the order of arrival. A waiter that is cancelled
   * does not count any more.
   *
   * @throws BrokenBarrierError if it is or was aborted, or reset while we waited.
   *
   * @example
   * ```ts
   * import { Barrier } from "@async/sync";
   * import { gather } from "@async/task";
   *
   * const start = new Barrier(2);
   * const runner = async (name: string) => {
   *   console.log(`${name} is ready`); // Ann is ready, Bob is ready
   *   await start.wait();
   *   console.log("runs"); // runs, runs
   * };
   * await gather([() => runner("Ann"), () => runner("Bob")]);
   * ```
   */
  async wait(): Promise<number> {
    const lock = await this.#changed.acquire();
    try {
      await this.#waitOutside();
      const index = this.#count;
      this.#count += 1;
      try {
        if (index + 1 === this.parties) this.#become("draining");
        else await this.#waitInside();
      } finally {
        this.#leave();
      }
      return index;
    } finally {
      lock.release();
    }
  }

  /** Sends those who wait away with a BrokenBarrierError, also those of a full round who have not gone on yet, and fills again. */
  async reset(): Promise<void> {
    const lock = await this.#changed.acquire();
    try {
      this.#become(this.#count > 0 ? "resetting" : "filling");
    } finally {
      lock.release();
    }
  }

  /** Breaks the barrier: those who wait and those who come get a BrokenBarrierError, until it is reset. */
  async abort(): Promise<void> {
    const lock = await this.#changed.acquire();
    try {
      this.#become("broken");
    } finally {
      lock.release();
    }
  }

  statistics(): BarrierStatistics {
    const { waiters } = this.#changed.statistics();
    return Object.freeze({ state: this.#state, parties: this.parties, waiters });
  }

  toString(): string {
    const waiting = this.broken ? "" : ` waiters=${this.nWaiting}/${this.parties}`;
    return `<Barrier ${this.#state}${waiting}>`;
  }

  [inspect.custom](): string {
    return this.toString();
  }

  #become(state: BarrierState): void {
    this.#state = state;
    this.#changed.notifyAll();
  }

  /** Until the last round has left. */
  async #waitOutside(): Promise<void> {
    await this.#changed.waitFor(() => this.#state !== "draining" && this.#state !== "resetting");
    if (this.#state === "broken")
      throw new BrokenBarrierError("The barrier was aborted; nobody passes until it is reset");
  }

  /** Until all are there. */
  async #waitInside(): Promise<void> {
    await this.#changed.waitFor(() => this.#state !== "filling");
    if (this.#state !== "draining")
      throw new BrokenBarrierError(`The barrier was ${this.broken ? "aborted" : "reset"} while we waited`);
  }

  /** The last one to leave a round lets the next one in. */
  #leave(): void {
    this.#count -= 1;
    if (this.#count > 0) return;
    const isOver = this.#state === "draining" || this.#state === "resetting";
    this.#become(isOver ? "filling" : this.#state);
  }
}
