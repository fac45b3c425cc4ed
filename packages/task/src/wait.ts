/**
 * wait: `@async/futures`' wait with asyncio's rules: at least one future, and the timer on the running loop.
 *
 * Python: `asyncio.wait`.
 */
import { type FutureLike, UsageError, type WaitOptions, type WaitResult } from "@async/futures";
import { checkWaitOptions, distinctFutures, waitOn } from "@async/futures/port";
import { getEventLoop } from "@async/loop";

/**
 * Resolves to the futures that are done and those that are not, each once, in the order given. Neither a timeout nor a cancellation of the
 * wait touches the futures.
 *
 * @throws UsageError for an empty list, an unknown `returnWhen` or a NaN timeout, TypeError for what is no future.
 *
 * @example
 * ```ts
 * import { createTask, sleep, wait } from "@async/task";
 *
 * const tasks = [createTask(() => sleep(1, "quick")), createTask(() => sleep(60_000))];
 * const { done, pending } = await wait(tasks, { returnWhen: "FIRST_COMPLETED" });
 * console.log(done.size, pending.size); // 1 1
 * for (const task of pending) task.cancel();
 * ```
 */
export async function wait<F extends FutureLike>(
  futures: Iterable<F>,
  options: WaitOptions = {},
): Promise<WaitResult<F>> {
  const distinct = distinctFutures("wait", futures);
  if (distinct.size === 0)
    throw new UsageError("wait: the list of futures is empty; there is nothing to wait for");
  checkWaitOptions(options);
  return waitOn(distinct, options, getEventLoop());
}
