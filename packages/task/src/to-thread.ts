/**
 * toThread: calls a function on the loop's default executor.
 *
 * Python: `asyncio.to_thread`.
 */
import type { Future } from "@async/futures";
import { getEventLoop } from "@async/loop";

/**
 * Returns a future of `fn(...args)`, called by the default executor of the running loop. Cancelling the future cancels the call.
 *
 * @throws UsageError without a default executor: `loop.setDefaultExecutor(new ThreadPoolExecutor())` of `@async/pool` sets one.
 */
export function toThread<A extends unknown[], R>(fn: (...args: A) => R, ...args: A): Future<Awaited<R>> {
  return getEventLoop().runInExecutor(null, fn, ...args);
}
