/**
 * gather: runs several awaitables at once and collects their results in the order of the arguments.
 *
 * The first exception ends the gather at once; the others go on, and what they throw later is swallowed. Cancelling the gather cancels every
 * child that is not done; one child cancelled by somebody else counts as its exception.
 *
 * Python: `asyncio.gather`, whose arguments are a list here. Source: Lib/asyncio/tasks.py.
 */
import { inspect } from "node:util";

import { CancelledError, Future, type FutureLike, UsageError } from "@async/futures";
import {
  ANSWER,
  type CancelRelay,
  PASS_ON,
  cancelMessage,
  cancelThrough,
  listen,
  schedulerOf,
} from "@async/futures/port";
import { type EventLoop, getEventLoop } from "@async/loop";

import { type Awaitable, ensureFuture } from "./ensure-future.ts";

export interface GatherOptions {
  /** Put exceptions and cancellations of children into their slots instead of failing. Default: false. */
  readonly returnExceptions?: boolean;
}

/** What an awaitable gives. */
export type AwaitedOf<A> = A extends (...args: never[]) => infer R ? Awaited<R> : Awaited<A>;

/** The results of a tuple or list of awaitables. */
export type AwaitedAll<As extends readonly unknown[]> = {
  -readonly [Index in keyof As]: AwaitedOf<As[Index]>;
};

/**
 * Returns a future of the results. Functions become tasks; the same awaitable given twice runs once and fills both slots.
 *
 * @throws TypeError if something in the list cannot be awaited, UsageError if futures of different loops are mixed.
 *
 * @example
 * ```ts
 * import { gather, sleep } from "@async/task";
 *
 * const [greeting, answer] = await gather([() => sleep(2, "hello"), async () => 42]);
 * console.log(greeting, answer); // hello 42
 * ```
 */
export function gather<const As extends readonly Awaitable<unknown>[]>(
  awaitables: As,
  options: { readonly returnExceptions: true },
): Future<{ [Index in keyof AwaitedAll<As>]: AwaitedAll<As>[Index] | Error }>;
export function gather<const As extends readonly Awaitable<unknown>[]>(
  awaitables: As,
  options?: GatherOptions,
): Future<AwaitedAll<As>>;
export function gather<T>(awaitables: Iterable<Awaitable<T>>, options?: GatherOptions): Future<T[]>;
export function gather(awaitables: Iterable<Awaitable<unknown>>, options: GatherOptions = {}): Future<never> {
  if (typeof (awaitables as Partial<Iterable<unknown>>)[Symbol.iterator] !== "function") {
    throw new TypeError(
      `gather takes a list of awaitables, got ${inspect(awaitables, { depth: 0 })}; put them into [ ]`,
    );
  }
  const children = futuresOf(awaitables);
  const loop =
    (children[0] === undefined ? null : (schedulerOf(children[0]) as EventLoop | null)) ?? getEventLoop();
  return new GatheringFuture(children, options.returnExceptions === true, loop) as Future as Future<never>;
}

function futuresOf(awaitables: Iterable<Awaitable<unknown>>): FutureLike[] {
  const list = [...awaitables];
  const loops = new Set<unknown>();
  const known = new Map<unknown, FutureLike>();
  // Checked before anything starts, so that a wrong argument leaves no task behind.
  list.forEach(checkAwaitable);
  return list.map((awaitable) => {
    let future = known.get(awaitable);
    if (future === undefined) {
      future = ensureFuture(awaitable);
      known.set(awaitable, future);
      const loop = schedulerOf(future);
      if (loop !== null && loops.add(loop).size > 1) {
        throw new UsageError(
          "gather: the futures belong to different loops; gather those of each loop by themselves",
        );
      }
    }
    return future;
  });
}

function checkAwaitable(awaitable: unknown, index: number): void {
  if (
    typeof awaitable === "function" ||
    typeof (awaitable as Partial<PromiseLike<unknown>> | null | undefined)?.then === "function"
  )
    return;
  throw new TypeError(
    `gather: element ${index} is ${inspect(awaitable, { depth: 0 })}, no future, promise or function`,
  );
}

class GatheringFuture extends Future<unknown[]> implements CancelRelay {
  readonly #children: readonly FutureLike[];
  readonly #returnExceptions: boolean;
  /** Distinct children that are not done. */
  #unfinished = 0;
  #cancelRequested = false;

  constructor(children: readonly FutureLike[], returnExceptions: boolean, loop: EventLoop) {
    super({ scheduler: loop });
    this.#children = children;
    this.#returnExceptions = returnExceptions;
    const distinct = new Set(children);
    this.#unfinished = distinct.size;
    if (distinct.size === 0) this.setResult([]);
    const done: FutureLike[] = [];
    for (const child of distinct) {
      if (child.done()) done.push(child);
      else listen(child, this.#onChildDone, this);
    }
    // With all children done already the gather is done when it is returned.
    done.forEach(this.#onChildDone);
  }

  override cancel(reason?: unknown): boolean {
    return this.done() ? super.cancel(reason) : cancelThrough(this, reason);
  }

  [PASS_ON](): readonly FutureLike[] | null {
    return this.done() ? null : this.#children;
  }

  [ANSWER](taken: boolean): boolean {
    // Once a child took it the cancellation comes out of the gather, whatever the children make of it and also with returnExceptions.
    if (taken) this.#cancelRequested = true;
    return taken;
  }

  readonly #onChildDone = (child: FutureLike): void => {
    this.#unfinished -= 1;
    if (this.done()) {
      // Too late for anyone to see: looked at, so that it is not reported.
      if (!child.cancelled()) child.exception();
      return;
    }
    if (!this.#returnExceptions) {
      const error = errorOf(child);
      if (error !== null) {
        this.setException(error);
        return;
      }
    }
    if (this.#unfinished > 0) return;
    const results = this.#children.map(slotOf);
    // CPython takes the last child of the list here, whichever ended last.
    if (this.#cancelRequested) this.setException(cancellationOf(this.#children.at(-1)!));
    else this.setResult(results);
  };
}

/** The error that reading the result would throw, null if there is none. */
function errorOf(child: FutureLike): unknown {
  return child.cancelled() ? cancellationOf(child) : child.exception();
}

/** The cancellation as its first reader gets it; one with the reason, if any, for a child that took the request and ended otherwise. */
function cancellationOf(child: FutureLike): unknown {
  if (!child.cancelled()) return new CancelledError(cancelMessage(child));
  try {
    return child.result();
  } catch (error) {
    return error;
  }
}

function slotOf(child: FutureLike): unknown {
  if (child.cancelled()) return new CancelledError(cancelMessage(child));
  return child.exception() ?? child.result();
}
