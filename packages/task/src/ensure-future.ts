/**
 * ensureFuture: a future for anything that can be awaited.
 *
 * A future or task is returned as it is, a function becomes a task, a promise is wrapped. A native promise cannot be interrupted from
 * outside; its wrapper can: cancelled, it gives up waiting, and the promise's later outcome counts as handled.
 *
 * Python: `asyncio.ensure_future`.
 */
import { inspect } from "node:util";

import { type Future, type FutureLike, UsageError, isFuture, wrapFuture } from "@async/futures";
import { PromiseFuture, isIterable, isThenable, schedulerOf } from "@async/futures/port";
import { type EventLoop, getEventLoop } from "@async/loop";

import { createTask } from "./create-task.ts";
import type { Coroutine } from "./task.ts";

/** What can be awaited: a function becomes a task, a promise is wrapped. */
export type Awaitable<T> = FutureLike<T> | PromiseLike<T> | Coroutine<T>;

/**
 * Returns a future of the awaitable's outcome.
 *
 * @throws TypeError if it can not be awaited, UsageError if it is a future of another loop than the one given.
 *
 * @example
 * ```ts
 * import { ensureFuture } from "@async/task";
 *
 * const future = ensureFuture(Promise.resolve(42));
 * console.log(await future); // 42
 * ```
 */
export function ensureFuture<T>(
  awaitable: Awaitable<T>,
  options: { readonly loop?: EventLoop } = {},
): Future<T> {
  const { loop } = options;
  if (isFuture(awaitable)) {
    const scheduler = schedulerOf(awaitable);
    if (loop !== undefined && scheduler !== null && scheduler !== loop) {
      throw new UsageError(
        "ensureFuture: the future belongs to another loop than the one given; await it in a task of its own loop",
      );
    }
    return wrapFuture(awaitable);
  }
  if (typeof awaitable === "function") return createTask(awaitable, loop === undefined ? {} : { loop });
  if (!isThenable(awaitable)) {
    throw new TypeError(
      `Expected a future, a promise or a function, got ${inspect(awaitable, { depth: 0 })}`,
    );
  }
  return new PromiseFuture(awaitable, loop ?? getEventLoop());
}

/** Lists what can be awaited, checked before anything is started, so that a wrong argument leaves no task behind. */
export function listAwaitables<A>(caller: string, awaitables: Iterable<A>): A[] {
  if (isFuture(awaitables) || !isIterable(awaitables)) {
    throw new TypeError(
      `${caller} takes a list of awaitables, got ${inspect(awaitables, { depth: 0 })}; put them into [ ]`,
    );
  }
  const list = [...awaitables];
  for (const [index, awaitable] of list.entries()) {
    if (isAwaitable(awaitable)) continue;
    throw new TypeError(
      `${caller}: element ${index} is ${inspect(awaitable, { depth: 0 })}, no future, promise or function`,
    );
  }
  return list;
}

function isAwaitable(value: unknown): boolean {
  return typeof value === "function" || isThenable(value);
}
