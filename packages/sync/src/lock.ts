/**
 * Lock: at most one holder; waiters get it in the order in which they came.
 *
 * `release` frees the lock and wakes the first waiter; until that waiter runs, the lock is free but spoken for. So a newcomer takes it at once
 * only if nobody alive is waiting, else the queue could be jumped.
 *
 * Each hold has a guard of its own, and the lock knows which one is in force. So a guard that is disposed of after `lock.release()` was
 * called by hand does not take the lock from the next holder.
 *
 * Python: `asyncio.Lock`. Source: Lib/asyncio/locks.py.
 */
import { inspect } from "node:util";

import { UsageError } from "@async/futures";

import type { Guard } from "./guard.ts";
import { Waiters, type Waiting } from "./waiters.ts";

export interface LockStatistics {
  readonly locked: boolean;
  /** Those who wait to acquire it, the next one first. */
  readonly waiters: readonly Waiting[];
}

/** The hold that is in force, null while the lock is free. For conditions. */
export const HOLD: unique symbol = Symbol.for("@async/lock/1/hold") as never;
/** Acquires the lock as that hold, whose guard is then good again. For conditions. */
export const ACQUIRE_AS: unique symbol = Symbol.for("@async/lock/1/acquireAs") as never;

export class Lock {
  #hold: Guard | null = null;
  readonly #waiters = new Waiters(this, "acquire");

  /** Returns true while somebody holds it. */
  locked(): boolean {
    return this.#hold !== null;
  }

  /**
   * Resolves to a guard once the lock is ours; at once, without a turn of the loop, if it is free and nobody waits. Cancelling the wait leaves
   * the lock and the queue as they were.
   *
   * The holder is not asked who it is: a task that acquires a lock twice waits for itself.
   *
   * @throws UsageError if it has to wait on another loop than others did before.
   *
   * @example
   * ```ts
   * import { Lock } from "@async/sync";
   *
   * const lock = new Lock();
   * {
   *   using guard = await lock.acquire();
   *   console.log(lock.locked()); // true
   * }
   * console.log(lock.locked()); // false
   * ```
   */
  acquire(): Promise<Guard> {
    return this[ACQUIRE_AS](new LockGuard(this));
  }

  /**
   * Frees the lock, whoever holds it, and wakes the first waiter.
   *
   * @throws UsageError when nobody holds it.
   */
  release(): void {
    if (this.#hold === null)
      throw new UsageError("Lock is not held, so it cannot be released; release it once for each acquire");
    this.#hold = null;
    this.#waiters.wakeOldest();
  }

  statistics(): LockStatistics {
    return Object.freeze({ locked: this.locked(), waiters: this.#waiters.statistics() });
  }

  toString(): string {
    const { locked, waiters } = this.statistics();
    return `<Lock ${locked ? "locked" : "unlocked"}${waiters.length > 0 ? ` waiters=${waiters.length}` : ""}>`;
  }

  [inspect.custom](): string {
    return this.toString();
  }

  get [HOLD](): Guard | null {
    return this.#hold;
  }

  [ACQUIRE_AS](hold: Guard): Promise<Guard> {
    if (this.#hold !== null || this.#waiters.anyAlive()) return this.#acquireInTurn(hold);
    this.#hold = hold;
    return Promise.resolve(hold);
  }

  async #acquireInTurn(hold: Guard): Promise<Guard> {
    const turn = this.#waiters.park();
    try {
      try {
        await turn;
      } finally {
        this.#waiters.leave(turn);
      }
    } catch (error) {
      // Cancelled between our wake-up and our turn: nobody else was told that the lock is free, so pass it on.
      if (this.#hold === null) this.#waiters.wakeOldest();
      throw error;
    }
    this.#hold = hold;
    return hold;
  }
}

class LockGuard implements Guard {
  readonly #lock: Lock;

  constructor(lock: Lock) {
    this.#lock = lock;
  }

  release(): void {
    if (this.#lock[HOLD] === this) this.#lock.release();
  }

  [Symbol.dispose](): void {
    this.release();
  }
}
