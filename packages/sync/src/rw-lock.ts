/**
 * RWLock: many readers or one writer; waiters get it in the order in which they came, readers that stand together all at once.
 *
 *     R R │ W R R W          two read; a writer, two readers and a writer wait: the writer is next, then both readers together
 *
 * **Fair.** Whoever finds somebody waiting joins the end, a reader too who could read along: else readers who come one after another would keep a
 * writer out for ever. The lock is handed over: it is theirs from the wake-up on, so nobody comes in between, and one who is cancelled before
 * its turn gives it back. A writer that gives up lets those behind it go on.
 *
 * Python: none.
 */
import { inspect } from "node:util";

import { UsageError } from "@async/futures";

import { type Guard, OneTimeGuard } from "./guard.ts";
import { Waiters, type Waiting } from "./waiters.ts";

export interface RWLockStatistics {
  /** Those who read now. */
  readonly readers: number;
  readonly isWriting: boolean;
  /** Those who wait to read, the first to come first. */
  readonly waitingReaders: readonly Waiting[];
  /** Those who wait to write, the first to come first. */
  readonly waitingWriters: readonly Waiting[];
}

type Access = "read" | "write";

export class RWLock {
  #readers = 0;
  #isWriting = false;
  readonly #waiters = new Waiters<Access>(this, "acquire");
  readonly #owners = {
    read: { release: () => this.releaseRead() },
    write: { release: () => this.releaseWrite() },
  };

  /**
   * Resolves to a guard once we may read; at once, without a turn of the loop, if nobody writes or waits. Cancelling the wait leaves the lock and
   * the queue as they were.
   *
   * A reader that acquires it again, to read or to write, may wait for itself.
   *
   * @throws UsageError if it has to wait on another loop than others did before.
   *
   * @example
   * ```ts
   * import { RWLock } from "@async/sync";
   *
   * const lock = new RWLock();
   * {
   *   using first = await lock.acquireRead();
   *   using second = await lock.acquireRead();
   *   console.log(lock.statistics().readers); // 2
   * }
   * using writer = await lock.acquireWrite();
   * console.log(lock.statistics().isWriting); // true
   * ```
   */
  acquireRead(): Promise<Guard> {
    return this.#acquire("read");
  }

  /**
   * Resolves to a guard once we may write, alone; at once, without a turn of the loop, if nobody reads, writes or waits. Cancelling the wait leaves
   * the lock and the queue as they were.
   *
   * @throws UsageError as `acquireRead` does.
   */
  acquireWrite(): Promise<Guard> {
    return this.#acquire("write");
  }

  /** Ends the reading of one reader. @throws UsageError when nobody reads. */
  releaseRead(): void {
    if (this.#readers === 0)
      throw new UsageError("RWLock has no reader to release; release it once for each acquireRead");
    this.#giveBack("read");
  }

  /** Ends the writing. @throws UsageError when nobody writes. */
  releaseWrite(): void {
    if (!this.#isWriting)
      throw new UsageError("RWLock has no writer to release; release it once for each acquireWrite");
    this.#giveBack("write");
  }

  statistics(): RWLockStatistics {
    return Object.freeze({
      readers: this.#readers,
      isWriting: this.#isWriting,
      waitingReaders: this.#waiters.statistics("read"),
      waitingWriters: this.#waiters.statistics("write"),
    });
  }

  toString(): string {
    const state = this.#isWriting ? "writing" : this.#readers > 0 ? `readers=${this.#readers}` : "unlocked";
    const waiting = this.#waiters.statistics().length;
    return `<RWLock ${state}${waiting > 0 ? ` waiters=${waiting}` : ""}>`;
  }

  [inspect.custom](): string {
    return this.toString();
  }

  async #acquire(access: Access): Promise<Guard> {
    if (this.#waiters.next() !== null || !this.#isFreeFor(access)) await this.#waitFor(access);
    else this.#take(access);
    return new OneTimeGuard(this.#owners[access]);
  }

  async #waitFor(access: Access): Promise<void> {
    const turn = this.#waiters.park(access);
    try {
      try {
        await turn;
      } finally {
        this.#waiters.leave(turn);
      }
    } catch (error) {
      if (turn.wasWoken()) this.#giveBack(access);
      // A writer gives up: readers behind it may read along.
      else this.#handOver();
      throw error;
    }
  }

  #isFreeFor(access: Access): boolean {
    return !this.#isWriting && (access === "read" || this.#readers === 0);
  }

  #take(access: Access): void {
    if (access === "write") this.#isWriting = true;
    else this.#readers += 1;
  }

  #giveBack(access: Access): void {
    if (access === "write") this.#isWriting = false;
    else this.#readers -= 1;
    this.#handOver();
  }

  /** Gives the lock to the first waiter, and to those behind it that can share it. */
  #handOver(): void {
    for (let next = this.#waiters.next(); next !== null; next = this.#waiters.next()) {
      if (!this.#isFreeFor(next.request)) return;
      this.#take(next.request);
      this.#waiters.wakeNext();
    }
  }
}
