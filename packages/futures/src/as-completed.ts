/**
 * asCompleted: iterates over futures in the order in which they end.
 *
 * As an async iterable it yields the very futures given. As a plain iterable it yields awaitables, one for each future, the nth of which
 * gives the outcome of the nth future to end. Breaking off and iterating again goes on where it stopped.
 *
 *     future done ──► #completed (FIFO) ──► the oldest waiting consumer      timeout ──► a null for each future that is not done
 *
 * It is a hand-written iterator: `yield future` in an async generator would await it.
 *
 * Python: `concurrent.futures.as_completed`, `asyncio.as_completed`. Source: `_AsCompletedIterator` in Lib/asyncio/tasks.py.
 */
import { currentAwaiter } from "./awaiter.ts";
import { checkTimeout } from "./check-time.ts";
import { TimeoutError } from "./errors.ts";
import { type FutureLike, listen } from "./future-like.ts";
import { Future } from "./future.ts";
import type { Cancellable, Scheduler } from "./ports.ts";
import { callAfter } from "./timer.ts";
import { distinctFutures } from "./wait.ts";

export interface AsCompletedOptions {
  /** Milliseconds for the whole iteration, from this call; then a `TimeoutError` comes out of it. The futures go on. */
  readonly timeout?: number | null;
}

/**
 * Returns an iterable of the futures, each once, in the order in which they end.
 *
 * @throws TypeError if something in the list is no future. The iteration throws TimeoutError when the time is up.
 *
 * @example
 * ```ts
 * import { asCompleted, Future } from "@async/futures";
 *
 * const [first, second] = [new Future<string>(), new Future<string>()];
 * setTimeout(() => second.setResult("second"), 1);
 * setTimeout(() => first.setResult("first"), 5);
 * for await (const future of asCompleted([first, second])) console.log(future.result());
 * ```
 */
export function asCompleted<F extends FutureLike>(
  futures: Iterable<F>,
  options: AsCompletedOptions = {},
): Completions<F> {
  return new CompletionIterator(
    distinctFutures("asCompleted", futures),
    options,
    currentAwaiter()?.scheduler ?? null,
  );
}

/** What a future gives when awaited. */
export type ResultOf<F> = F extends FutureLike<infer T> ? T : never;

/**
 * A future as `for await` yields it: done, so read it with `result()` or `exception()`. The loop does not await what an async iterator yields,
 * but TypeScript takes whatever has a `then` for awaited; so this type has none.
 */
export type Done<F> = F & { readonly then: never };

/** Yields the futures themselves (`for await`), or awaitables of their outcomes (`for`), as they end. */
export interface Completions<F> extends AsyncIterable<Done<F>>, Iterable<PromiseLike<ResultOf<F>>> {}

export class CompletionIterator<F extends FutureLike> implements Completions<F> {
  readonly #todo: Set<F>;
  readonly #total: number;
  readonly #scheduler: Scheduler | null;
  readonly #timer: Cancellable | null;
  /** Ended and not yet handed out; null stands for one that the timeout took. */
  readonly #completed: (F | null)[] = [];
  /** How many of those were handed out. An array's `shift` would move all the others each time. */
  #taken = 0;
  /** Consumers that wait, oldest first; each is woken once for an entry above. */
  #consumers: Future[] = [];
  /** How many of those are done. */
  #woken = 0;
  #left: number;

  constructor(futures: Set<F>, { timeout }: AsCompletedOptions, scheduler: Scheduler | null) {
    checkTimeout("asCompleted", timeout);
    this.#todo = futures;
    this.#total = this.#left = futures.size;
    this.#scheduler = scheduler;
    const consumer = currentAwaiter()?.task ?? null;
    for (const future of futures) listen(future, this.#onDone, consumer);
    this.#timer =
      futures.size === 0 || timeout == null
        ? null
        : callAfter(scheduler, timeout, () => {
            this.#onTimeout();
          });
  }

  [Symbol.asyncIterator](): AsyncIterator<Done<F>, undefined> {
    return {
      next: async () => {
        if (this.#left === 0) return { done: true, value: undefined };
        this.#left -= 1;
        return this.#nextDone((future) => ({ done: false, value: future as Done<F> }));
      },
    };
  }

  [Symbol.iterator](): Iterator<PromiseLike<ResultOf<F>>, undefined> {
    return {
      next: () => {
        if (this.#left === 0) return { done: true, value: undefined };
        this.#left -= 1;
        return {
          done: false,
          value: new LazyPromise(() => this.#nextDone((future) => future.result() as ResultOf<F>)),
        };
      },
    };
  }

  /** Waits for the next one to end. It is handed to `use` rather than returned, since an async function awaits what it returns. */
  async #nextDone<R>(use: (future: F) => R): Promise<R> {
    while (this.#taken === this.#completed.length) await this.#turn();
    const future = this.#completed[this.#taken] as F | null;
    this.#completed[this.#taken] = null; // Kept no longer than its consumer keeps it.
    this.#taken += 1;
    if (future === null) throw new TimeoutError(`${this.#todo.size} (of ${this.#total}) futures unfinished`);
    return use(future);
  }

  /** Waits to be the consumer of the next entry. Cancelled after it was woken, it passes the wake-up on. */
  async #turn(): Promise<void> {
    const consumer = new Future<undefined>(this.#scheduler === null ? {} : { scheduler: this.#scheduler });
    this.#consumers.push(consumer);
    try {
      await consumer;
    } catch (error) {
      if (this.#taken < this.#completed.length && !consumer.cancelled()) this.#wakeOne();
      throw error;
    }
  }

  readonly #onDone = (future: F): void => {
    this.#todo.delete(future);
    this.#hand(future);
    if (this.#todo.size === 0) this.#timer?.cancel();
  };

  #onTimeout(): void {
    for (const future of this.#todo) {
      future.removeDoneCallback(this.#onDone);
      this.#hand(null);
    }
  }

  #hand(entry: F | null): void {
    this.#completed.push(entry);
    this.#wakeOne();
  }

  #wakeOne(): void {
    let consumer: Future | undefined;
    // One that was cancelled is done, and passed over.
    do consumer = this.#consumers[this.#woken++];
    while (consumer?.done() === true);
    if (consumer === undefined) {
      this.#consumers = [];
      this.#woken = 0;
    } else consumer.setResult(undefined);
  }
}

/** Starts when it is first awaited, as a coroutine does: a list of them made in advance leaves no rejection unhandled. */
class LazyPromise<T> implements PromiseLike<T> {
  readonly #start: () => Promise<T>;
  #promise: Promise<T> | undefined;

  constructor(start: () => Promise<T>) {
    this.#start = start;
  }

  then<A = T, B = never>(
    onFulfilled?: ((value: T) => A | PromiseLike<A>) | null,
    onRejected?: ((reason: unknown) => B | PromiseLike<B>) | null,
  ): Promise<A | B> {
    this.#promise ??= this.#start();
    return this.#promise.then(onFulfilled, onRejected);
  }
}
