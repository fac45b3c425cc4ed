/**
 * Semaphore, BoundedSemaphore: at most so many holders; waiters get a permit in the order in which they came.
 *
 * A permit that is given back while somebody waits is handed over: it is taken off the count when the waiter is woken, not when that waiter
 * runs. So nobody can come in between, and a waiter that is cancelled after its wake-up puts the permit back.
 *
 * Python: `asyncio.Semaphore`, `asyncio.BoundedSemaphore`. Source: Lib/asyncio/locks.py.
 */
import { inspect } from "node:util";

import { UsageError } from "@async/futures";

import { type Guard, OneTimeGuard } from "./guard.ts";
import { Waiters, type Waiting } from "./waiters.ts";

export interface SemaphoreStatistics {
  /** Permits that are free. */
  readonly value: number;
  /** Those who wait for one, the next one first. */
  readonly waiters: readonly Waiting[];
}

export class Semaphore {
  #value: number;
  readonly #waiters = new Waiters(this, "acquire");

  /**
   * @param value - how many permits there are
   * @throws UsageError if it is negative or no whole number, TypeError if it is no number.
   */
  constructor(value = 1) {
    if (typeof value !== "number")
      throw new TypeError(`${new.target.name} takes a number of permits, got ${inspect(value)}`);
    if (!(value >= 0) || (value !== Infinity && !Number.isInteger(value)))
      throw new UsageError(`${new.target.name} takes a whole number of permits from 0 on, got ${value}`);
    this.#value = value;
  }

  /** Returns true if a permit cannot be had at once: none is free, or others wait. */
  locked(): boolean {
    return this.#value === 0 || this.#waiters.anyAlive();
  }

  /**
   * Resolves to a guard once a permit is ours; at once, without a turn of the loop, if one is free and nobody waits. Cancelling the wait leaves
   * permits and queue as they were.
   *
   * @throws UsageError if it has to wait on another loop than others did before.
   *
   * @example
   * ```ts
   * import { Semaphore } from "@async/sync";
   * import { gather, sleep } from "@async/task";
   *
   * const atMostTwo = new Semaphore(2);
   * let [busy, most] = [0, 0];
   * const load = async () => {
   *   using permit = await atMostTwo.acquire();
   *   busy += 1;
   *   most = Math.max(most, busy);
   *   await sleep(1);
   *   busy -= 1;
   * };
   * await gather(Array.from({ length: 9 }, () => () => load()));
   * console.log(most); // 2
   * ```
   */
  acquire(): Promise<Guard> {
    if (this.locked()) return this.#acquireInTurn();
    this.#value -= 1;
    return Promise.resolve(new OneTimeGuard(this));
  }

  /** Gives a permit back, or adds one, and hands it to the first waiter. */
  release(): void {
    this.#value += 1;
    this.#handOver();
  }

  statistics(): SemaphoreStatistics {
    return Object.freeze({ value: this.#value, waiters: this.#waiters.statistics() });
  }

  toString(): string {
    const { value, waiters } = this.statistics();
    const state = this.locked() ? "locked" : `unlocked value=${value}`;
    return `<${this.constructor.name} ${state}${waiters.length > 0 ? ` waiters=${waiters.length}` : ""}>`;
  }

  [inspect.custom](): string {
    return this.toString();
  }

  async #acquireInTurn(): Promise<Guard> {
    const turn = this.#waiters.park();
    try {
      try {
        await turn;
      } finally {
        this.#waiters.leave(turn);
      }
    } catch (error) {
      // Cancelled between our wake-up and our turn: the permit that we were handed goes back.
      if (turn.wasWoken()) this.#value += 1;
      throw error;
    } finally {
      // That permit, and those given back while only cancelled waiters stood in line.
      while (this.#value > 0 && this.#handOver());
    }
    return new OneTimeGuard(this);
  }

  /** Permits that are free. */
  protected get value(): number {
    return this.#value;
  }

  /** Hands a free permit to the first waiter; false if there is none. */
  #handOver(): boolean {
    if (!this.#waiters.wakeNext()) return false;
    this.#value -= 1;
    return true;
  }
}

/** A semaphore that refuses to have more permits than at the start: a release too many is a mistake. */
export class BoundedSemaphore extends Semaphore {
  readonly #bound: number;

  /**
   * @param value - how many permits there are
   * @throws as `Semaphore` does.
   */
  constructor(value = 1) {
    super(value);
    this.#bound = value;
  }

  /** Gives a permit back. @throws UsageError if none was taken. */
  override release(): void {
    if (this.value >= this.#bound && this.#bound !== Infinity)
      throw new UsageError(
        `BoundedSemaphore has all its ${this.#bound} permits; release it once for each acquire`,
      );
    super.release();
  }
}
