/**
 * Queue: producers put items in, consumers take them out, each waits for the other; first in, first out.
 *
 *     put ──(full: waits)──► items ──(empty: waits)──► get ──► taskDone ──all of them──► join
 *                              └── shutdown: no more come in; who waits is sent away; what is left can still be taken
 *
 * A wake-up says "look again", it hands nothing over: between it and the turn of the waiter another may take the item or the room, and the
 * waiter then joins the end. A waiter that cannot use its wake-up, because it was cancelled, passes it on. So with n items and n consumers
 * nobody waits for ever.
 *
 * Python: `asyncio.Queue`. Source: Lib/asyncio/queues.py.
 */
import { inspect } from "node:util";

import { UsageError } from "@async/futures";

import { QueueEmpty, QueueFull, QueueShutDown } from "./errors.ts";
import { Event } from "./event.ts";
import { Fifo } from "./fifo.ts";
import { HomeLoop } from "./home-loop.ts";
import type { QueueItems } from "./queue-items.ts";
import { Waiters, type Waiting } from "./waiters.ts";

export interface QueueStatistics {
  /** Items in the queue. */
  readonly size: number;
  readonly maxsize: number;
  /** Items that were put in and for which `taskDone` was not called yet. */
  readonly unfinished: number;
  readonly isShutDown: boolean;
  /** Those who wait for an item, the first to come first. */
  readonly getters: readonly Waiting[];
  /** Those who wait for room, the first to come first. */
  readonly putters: readonly Waiting[];
  /** Those who wait until all is done, the first to come first. */
  readonly joiners: readonly Waiting[];
}

const asItIs = <T>(item: T): T => item;
const inBox = <T>(value: T): IteratorYieldResult<T> => ({ done: false, value });

export class Queue<T = unknown> implements AsyncIterable<T, undefined> {
  /** How many items fit in; zero or less: any number. */
  readonly maxsize: number;
  readonly #items: QueueItems<T>;
  readonly #home = new HomeLoop(this);
  readonly #getters = new Waiters(this, "get", this.#home);
  readonly #putters = new Waiters(this, "put", this.#home);
  readonly #allDone = new Event();
  #unfinished = 0;
  #isShutDown = false;

  /**
   * @param maxsize - how many items fit in; zero or less: any number
   * @param items - what keeps them; default: first in, first out
   * @throws UsageError if maxsize is NaN, TypeError if it is no number.
   *
   * @example
   * ```ts
   * import { Queue } from "@async/sync";
   *
   * const queue = new Queue<string>();
   * setTimeout(() => queue.putNowait("late"), 1);
   * console.log(await queue.get()); // late
   * ```
   */
  constructor(maxsize = 0, items: QueueItems<T> = new Fifo<T>()) {
    const name = new.target.name;
    if (typeof maxsize !== "number")
      throw new TypeError(`${name} takes a number of items, got ${inspect(maxsize)}`);
    if (Number.isNaN(maxsize))
      throw new UsageError(`${name}: maxsize is NaN; pass a number, or 0 for no limit`);
    if (typeof (items as Partial<QueueItems<T>> | null)?.take !== "function")
      throw new TypeError(
        `${name} keeps its items in a QueueItems, got ${inspect(items)}; a comparator is for PriorityQueue`,
      );
    this.maxsize = maxsize;
    this.#items = items;
    this.#allDone.set();
  }

  /** Returns how many items are in the queue. Python: `qsize`. */
  size(): number {
    return this.#items.size;
  }

  empty(): boolean {
    return this.#items.size === 0;
  }

  /** Returns true if `maxsize` items are in the queue. */
  full(): boolean {
    return this.maxsize > 0 && this.#items.size >= this.maxsize;
  }

  /**
   * Resolves once the item is in the queue; waits while that is full. Cancelled while it waits, the item is not in the queue.
   *
   * @throws QueueShutDown if the queue is shut down, or is while we wait.
   * @throws UsageError if it has to wait on another loop than others did before.
   */
  async put(item: T): Promise<void> {
    while (this.full() && !this.#isShutDown) {
      const turn = this.#putters.park();
      try {
        try {
          await turn;
        } finally {
          this.#putters.leave(turn);
        }
      } catch (error) {
        // Woken because there is room, which we cannot use any more.
        if (turn.wasWoken() && !this.full()) this.#putters.wakeNext();
        throw error;
      }
    }
    this.putNowait(item);
  }

  /** Puts the item in at once. @throws QueueFull if there is no room, QueueShutDown once the queue is shut down. */
  putNowait(item: T): void {
    if (this.#isShutDown)
      throw new QueueShutDown(`${this.constructor.name} is shut down and takes no more items`);
    if (this.full())
      throw new QueueFull(
        `${this.constructor.name} holds ${this.maxsize} items and has no room; await put()`,
      );
    this.#items.push(item);
    this.#unfinished += 1;
    this.#allDone.clear();
    this.#getters.wakeNext();
  }

  /**
   * Resolves to the next item; waits while there is none. Cancelled while it waits, it takes nothing.
   *
   * A promise resolves to no promise: an item that is one, or a future, is awaited on its way. `getNowait` and `for await` give it as it is.
   *
   * @throws QueueShutDown if the queue is shut down and has none left, or is while we wait.
   * @throws UsageError if it has to wait on another loop than others did before.
   */
  get(): Promise<T> {
    return this.#takeInTurn(asItIs);
  }

  /** Takes the next item at once. @throws QueueEmpty if there is none, QueueShutDown if there will never be one. */
  getNowait(): T {
    if (this.empty()) throw this.#whyEmpty();
    const item = this.#items.take();
    this.#putters.wakeNext();
    return item;
  }

  /** The work on an item that was taken is done. @throws UsageError if called more often than items were put in. */
  taskDone(): void {
    if (this.#unfinished === 0)
      throw new UsageError(
        "taskDone was called more often than items were put in; call it once for each item",
      );
    this.#finish(1);
  }

  /** Resolves once `taskDone` was called for each item that was put in; at once if there is none. */
  async join(): Promise<void> {
    if (this.#unfinished > 0) await this.#allDone.wait();
  }

  /**
   * Ends the queue: from here on `put` throws QueueShutDown, and so does `get` when no item is left. Who waits is woken. Loops over the queue
   * end.
   *
   * @param options - `immediate`: also drops the items that are left, and counts them as done. Default: false
   * @throws TypeError for a bare boolean, as Python has it.
   */
  shutdown(options: { readonly immediate?: boolean } = {}): void {
    if (typeof options !== "object")
      throw new TypeError(`shutdown takes options such as { immediate: true }, got ${inspect(options)}`);
    this.#isShutDown = true;
    if (options.immediate === true) {
      const dropped = this.size();
      this.#items.clear();
      this.#finish(Math.min(dropped, this.#unfinished));
    }
    this.#getters.wakeAll();
    this.#putters.wakeAll();
  }

  /**
   * Iterates over the items as they come, waiting for each, and ends when the queue is shut down and empty. Several may iterate at once: each item
   * goes to one of them. Leaving the loop leaves the queue as it is.
   *
   * @example
   * ```ts
   * import { Queue } from "@async/sync";
   *
   * const queue = new Queue<string>();
   * for (const word of ["to", "be"]) queue.putNowait(word);
   * queue.shutdown();
   * for await (const word of queue) console.log(word); // to, be
   * ```
   */
  [Symbol.asyncIterator](): AsyncIterator<T, undefined> {
    return { next: () => this.#next() };
  }

  statistics(): QueueStatistics {
    return Object.freeze({
      size: this.size(),
      maxsize: this.maxsize,
      unfinished: this.#unfinished,
      isShutDown: this.#isShutDown,
      getters: this.#getters.statistics(),
      putters: this.#putters.statistics(),
      joiners: this.#allDone.statistics().waiters,
    });
  }

  toString(): string {
    const { size, maxsize, unfinished, isShutDown, getters, putters } = this.statistics();
    const parts = [this.constructor.name, `size=${size}`];
    if (maxsize > 0) parts.push(`maxsize=${maxsize}`);
    if (getters.length > 0) parts.push(`getters=${getters.length}`);
    if (putters.length > 0) parts.push(`putters=${putters.length}`);
    if (unfinished > 0) parts.push(`unfinished=${unfinished}`);
    if (isShutDown) parts.push("shut down");
    return `<${parts.join(" ")}>`;
  }

  [inspect.custom](): string {
    return this.toString();
  }

  async #next(): Promise<IteratorResult<T, undefined>> {
    try {
      return await this.#takeInTurn(inBox);
    } catch (error) {
      if (error instanceof QueueShutDown) return { done: true, value: undefined };
      throw error;
    }
  }

  /** Waits for an item and takes it, in the wrapping asked for: a bare item that is a promise would be awaited. */
  async #takeInTurn<R>(wrap: (item: T) => R): Promise<R> {
    while (this.empty() && !this.#isShutDown) {
      const turn = this.#getters.park();
      try {
        try {
          await turn;
        } finally {
          this.#getters.leave(turn);
        }
      } catch (error) {
        // Woken because there is an item, which we cannot use any more.
        if (turn.wasWoken() && !this.empty()) this.#getters.wakeNext();
        throw error;
      }
    }
    return wrap(this.getNowait());
  }

  #whyEmpty(): Error {
    const name = this.constructor.name;
    if (this.#isShutDown) return new QueueShutDown(`${name} is shut down and has no items left`);
    return new QueueEmpty(`${name} is empty; await get() to wait for an item`);
  }

  #finish(count: number): void {
    this.#unfinished -= count;
    if (this.#unfinished === 0) this.#allDone.set();
  }
}
