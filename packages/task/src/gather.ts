/**
 * gather: runs several awaitables at once and collects their results in the order of the arguments.
 *
 * The first exception ends the gather at once; the others go on, and what they throw later is swallowed. Cancelling the gather cancels every
 * child that is not done; one child cancelled by somebody else counts as its exception.
 *
 * Python: `asyncio.gather`, whose arguments are a list here. Source: Lib/asyncio/tasks.py.
 */
import { Future, type FutureLike, UsageError, isFuture } from "@async/futures";
import {
  ANSWER,
  type CancelRelay,
  PASS_ON,
  cancelMessage,
  cancelThrough,
  cancelledWithoutStack,
  listen,
  schedulerOf,
} from "@async/futures/port";
import { type EventLoop, getEventLoop } from "@async/loop";

import { type Awaitable, ensureFuture, listAwaitables } from "./ensure-future.ts";

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

/** The same with `returnExceptions`. */
export type AwaitedAllOrErrors<As extends readonly unknown[]> = {
  -readonly [Index in keyof As]: AwaitedOf<As[Index]> | Error;
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
  options?: { readonly returnExceptions?: false },
): Future<AwaitedAll<As>>;
export function gather<const As extends readonly Awaitable<unknown>[]>(
  awaitables: As,
  options: GatherOptions,
): Future<AwaitedAllOrErrors<As>>;
export function gather<A extends Awaitable<unknown>>(
  awaitables: Iterable<A>,
  options?: { readonly returnExceptions?: false },
): Future<AwaitedOf<A>[]>;
export function gather<A extends Awaitable<unknown>>(
  awaitables: Iterable<A>,
  options: GatherOptions,
): Future<(AwaitedOf<A> | Error)[]>;
export function gather(awaitables: Iterable<Awaitable<unknown>>, options: GatherOptions = {}): Future<never> {
  const list = listAwaitables("gather", awaitables);
  const loop = commonLoop(list);
  const inLoop = { loop };
  const childOf = new Map<unknown, FutureLike>();
  const children = list.map((awaitable) => {
    let child = childOf.get(awaitable);
    if (child === undefined) childOf.set(awaitable, (child = ensureFuture(awaitable, inLoop)));
    return child;
  });
  const gathering = new GatheringFuture(children, childOf, options.returnExceptions === true, loop);
  return gathering as Future as Future<never>;
}

/** The first element decides, as in Python: the loop of a future, else the running one. */
function commonLoop(list: readonly Awaitable<unknown>[]): EventLoop {
  const running = getEventLoop();
  let common: EventLoop | null = null;
  for (const [index, awaitable] of list.entries()) {
    const own = isFuture(awaitable) ? (schedulerOf(awaitable) as EventLoop | null) : null;
    if (own !== null && common !== null && own !== common) {
      throw new UsageError(
        `gather: element ${index} belongs to another loop; gather the futures of each loop by themselves`,
      );
    }
    common ??= isFuture(awaitable) ? own : running;
  }
  return common ?? running;
}

class GatheringFuture extends Future<unknown[]> implements CancelRelay {
  readonly #children: readonly FutureLike[];
  readonly #returnExceptions: boolean;
  /** Distinct children that are not done. */
  #unfinished = 0;
  #cancelRequested = false;

  /** @param distinct - each child once */
  constructor(
    children: readonly FutureLike[],
    distinct: ReadonlyMap<unknown, FutureLike>,
    returnExceptions: boolean,
    loop: EventLoop,
  ) {
    super({ scheduler: loop });
    this.#children = children;
    this.#returnExceptions = returnExceptions;
    this.#unfinished = distinct.size;
    if (distinct.size === 0) this.finish([]);
    const done: FutureLike[] = [];
    for (const child of distinct.values()) {
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

  [ANSWER](taken: boolean): void {
    // Once a child took it the cancellation comes out of the gather, whatever the children make of it and also with returnExceptions.
    if (taken) this.#cancelRequested = true;
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
        this.fail(error);
        return;
      }
    }
    if (this.#unfinished > 0) return;
    const results = this.#children.map(slotOf);
    // CPython takes the last child of the list here, whichever ended last.
    if (this.#cancelRequested) this.fail(cancellationOf(this.#children.at(-1)!));
    else this.finish(results);
  };
}

/** The error that reading the result would throw, null if there is none. */
function errorOf(child: FutureLike): unknown {
  return child.cancelled() ? cancellationOf(child) : child.exception();
}

/** The cancellation as its first reader gets it; one with the reason, if any, for a child that took the request and ended otherwise. */
function cancellationOf(child: FutureLike): unknown {
  if (!child.cancelled()) return cancelledWithoutStack(cancelMessage(child));
  try {
    return child.result();
  } catch (error) {
    return error;
  }
}

function slotOf(child: FutureLike): unknown {
  if (child.cancelled()) return cancelledWithoutStack(cancelMessage(child));
  return child.exception() ?? child.result();
}
