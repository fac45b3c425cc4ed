/**
 * asCompleted: `@async/futures`' asCompleted for anything that can be awaited, with its timer on the running loop.
 *
 * Python: `asyncio.as_completed`.
 */
import { type AsCompletedOptions, type Completions, type Future } from "@async/futures";
import { CompletionIterator, checkTimeout } from "@async/futures/port";
import { getEventLoop } from "@async/loop";

import { type Awaitable, ensureFuture, listAwaitables } from "./ensure-future.ts";
import type { AwaitedOf } from "./gather.ts";

/** The future of each awaitable: itself if it is one, else a new one. */
type FutureOf<A> = A extends Future ? A : Future<AwaitedOf<A>>;

/**
 * Returns an iterable over the futures in the order in which they end: `for await` yields the futures themselves, plain `for` yields
 * awaitables of the outcomes. Each awaitable counts once; the timeout covers the whole iteration and leaves the futures alone.
 *
 * @throws TypeError if something in the list cannot be awaited. The iteration throws TimeoutError when the time is up.
 *
 * @example
 * ```ts
 * import { asCompleted, sleep } from "@async/task";
 *
 * for await (const task of asCompleted([() => sleep(4, "slow"), () => sleep(1, "quick")])) {
 *   console.log(task.result());
 * }
 * ```
 */
export function asCompleted<A extends Awaitable<unknown>>(
  awaitables: Iterable<A>,
  options: AsCompletedOptions = {},
): Completions<FutureOf<A>> {
  const list = listAwaitables("asCompleted", awaitables);
  checkTimeout("asCompleted", options.timeout);
  const futures = [...new Set(list)].map((awaitable) => ensureFuture(awaitable));
  return new CompletionIterator(
    new Set(futures),
    options,
    getEventLoop(),
  ) as Completions<Future> as Completions<FutureOf<A>>;
}
