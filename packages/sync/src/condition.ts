/**
 * Condition: a lock, and those who wait until its holder says that something has changed.
 *
 *     holds the lock ──wait()──► waits, the lock is free ──notified──► waits for the lock ──► holds the lock again
 *
 * Whatever happens, `wait` comes back with the lock: a cancelled wait gets it back before the error comes out, and is not to be stopped on the
 * way by further cancellations. A waiter that was notified and then comes out with an error passes the notification on, so none is lost; the
 * price is that now and then one is woken for nothing. So what was waited for is to be looked at again: use `waitFor`.
 *
 * Python: `asyncio.Condition`. Source: Lib/asyncio/locks.py.
 */
import { inspect } from "node:util";

import { type CancelledError, UsageError, isCancelled } from "@async/futures";
import { isThenable } from "@async/futures/port";

import type { Guard } from "./guard.ts";
import { ACQUIRE_AS, HOLD, Lock } from "./lock.ts";
import { Waiters, type Waiting } from "./waiters.ts";

export interface ConditionStatistics {
  readonly locked: boolean;
  /** Those who wait to be notified, the first to come first. */
  readonly waiters: readonly Waiting[];
  /** Those who wait for the lock, the next one first. */
  readonly lockWaiters: readonly Waiting[];
}

export class Condition {
  readonly #lock: Lock;
  readonly #waiters = new Waiters(this, "wait");

  /**
   * @param lock - several conditions may share one; default: a new one
   * @throws TypeError if it is no Lock.
   */
  constructor(lock: Lock = new Lock()) {
    if (!isLock(lock)) throw new TypeError(`Condition takes a Lock, got ${inspect(lock, { depth: 0 })}`);
    this.#lock = lock;
  }

  /** `Lock.locked` of its lock. */
  locked(): boolean {
    return this.#lock.locked();
  }

  /** `Lock.acquire` of its lock. The guard stays good through `wait`. */
  acquire(): Promise<Guard> {
    return this.#lock.acquire();
  }

  /** `Lock.release` of its lock. */
  release(): void {
    this.#lock.release();
  }

  /**
   * Frees the lock, waits until notified, takes the lock again and resolves to true. It may also wake without a cause: use `waitFor`, or look
   * again.
   *
   * @throws UsageError when the lock is not held, or on another loop than others waited on before.
   */
  async wait(): Promise<true> {
    const hold = this.#checkHeld("wait");
    const turn = this.#waiters.park();
    this.#lock.release();
    try {
      try {
        try {
          await turn;
        } finally {
          this.#waiters.leave(turn);
        }
      } finally {
        await this.#acquireWhateverComes(hold);
      }
    } catch (error) {
      // We may have been notified, and will not act on it: let another do it.
      this.#notify(1);
      throw error;
    }
    return true;
  }

  /**
   * Waits until the predicate, which is called with the lock held, returns something truthy, and resolves to that. If it does at once, the lock
   * need not be held.
   *
   * @throws TypeError if it is no function, or an async one: its promise is always truthy.
   * @throws UsageError as `wait` does.
   *
   * @example
   * ```ts
   * import { Condition } from "@async/sync";
   * import { gather } from "@async/task";
   *
   * const condition = new Condition();
   * const shelf: string[] = [];
   * const buyer = async () => {
   *   using guard = await condition.acquire();
   *   await condition.waitFor(() => shelf.length > 0);
   *   return shelf.pop();
   * };
   * const seller = async () => {
   *   using guard = await condition.acquire();
   *   shelf.push("bread");
   *   condition.notify();
   * };
   * console.log(await gather([buyer, seller])); // [ 'bread', undefined ]
   * ```
   */
  async waitFor<T>(predicate: () => T): Promise<T> {
    if (typeof predicate !== "function")
      throw new TypeError(`Condition.waitFor takes a function, got ${inspect(predicate, { depth: 0 })}`);
    for (;;) {
      const result = predicate();
      if (isThenable(result)) {
        // Should it fail too: that is not what is wrong here.
        void Promise.resolve(result).catch(() => undefined);
        throw new TypeError(
          "The predicate of waitFor returned a promise, which is always truthy; it must not be async",
        );
      }
      if (result) return result;
      await this.wait();
    }
  }

  /**
   * Wakes up to `n` of those who wait, the first to come first. They go on when they have the lock: free it soon.
   *
   * @throws UsageError when the lock is not held or `n` is NaN, TypeError if it is no number.
   */
  notify(n = 1): void {
    if (typeof n !== "number") throw new TypeError(`Condition.notify takes a number, got ${inspect(n)}`);
    if (Number.isNaN(n)) throw new UsageError("Condition.notify: n is NaN; pass how many to wake");
    this.#checkHeld("notify");
    this.#notify(n);
  }

  /** Wakes all who wait. @throws UsageError when the lock is not held. */
  notifyAll(): void {
    this.notify(Infinity);
  }

  statistics(): ConditionStatistics {
    const { locked, waiters: lockWaiters } = this.#lock.statistics();
    return Object.freeze({ locked, waiters: this.#waiters.statistics(), lockWaiters });
  }

  toString(): string {
    const { locked, waiters } = this.statistics();
    return `<Condition ${locked ? "locked" : "unlocked"}${waiters.length > 0 ? ` waiters=${waiters.length}` : ""}>`;
  }

  [inspect.custom](): string {
    return this.toString();
  }

  #notify(n: number): void {
    for (let woken = 0; woken < n && this.#waiters.wakeNext();) woken += 1;
  }

  #checkHeld(method: string): Guard {
    const hold = this.#lock[HOLD];
    if (hold === null)
      throw new UsageError(
        `Condition.${method}: the lock is not held; acquire it first, and ${method} inside`,
      );
    return hold;
  }

  /** Takes the lock back, as the hold that it was. A cancellation meanwhile comes out only then; of several, the last. */
  async #acquireWhateverComes(hold: Guard): Promise<void> {
    let cancellation: CancelledError | null = null;
    for (;;) {
      try {
        await this.#lock[ACQUIRE_AS](hold);
        break;
      } catch (error) {
        if (!isCancelled(error)) throw error;
        cancellation = error;
      }
    }
    if (cancellation !== null) throw cancellation;
  }
}

/** Also one of a second installed copy of this package. */
function isLock(lock: unknown): lock is Lock {
  return typeof lock === "object" && lock !== null && ACQUIRE_AS in lock;
}
