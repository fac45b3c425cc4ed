/**
 * waitFor: waits for one awaitable, but not longer than a timeout; then it is cancelled, and has ended before the TimeoutError comes out.
 *
 * Python: `asyncio.wait_for`. Source: Lib/asyncio/tasks.py.
 */
import { type Future, TimeoutError, isCancelled } from "@async/futures";
import { checkTimeOrNull, listen } from "@async/futures/port";
import { getEventLoop } from "@async/loop";

import { createTask } from "./create-task.ts";
import { type Awaitable, ensureFuture } from "./ensure-future.ts";
import type { Task } from "./task.ts";
import { timeout as withTimeout } from "./timeout.ts";
import { currentTask } from "./current-task.ts";

/**
 * Settles as the awaitable does. A function is called in the current task; wrap a future in `shield` to leave it alone when the time is up.
 *
 * With a timeout of zero or less, a finished future gives its result, and anything else is cancelled at once: a function does not run.
 *
 * @param timeout - milliseconds; null waits for ever
 * @throws TimeoutError when the time is up; what the awaitable throws while it is being cancelled wins.
 *
 * @example
 * ```ts
 * import { sleep, waitFor } from "@async/task";
 *
 * console.log(await waitFor(() => sleep(1, "in time"), 1000)); // in time
 * ```
 */
export async function waitFor<T>(awaitable: Awaitable<T>, timeout: number | null): Promise<T> {
  checkTimeOrNull("waitFor", "timeout", timeout);
  if (currentTask() === null) return createTask(() => waitFor(awaitable, timeout));
  if (timeout === null || timeout > 0) return withTimeout(timeout, () => begin(awaitable));
  const future = ensureFuture(awaitable);
  if (future.done()) return future.result();
  await cancelAndWait(future);
  try {
    return future.result();
  } catch (error) {
    throw isCancelled(error) ? new TimeoutError("the time is up", { cause: error }) : error;
  }
}

function begin<T>(awaitable: Awaitable<T>): PromiseLike<T> | T {
  if (typeof awaitable === "function") return awaitable(currentTask() as Task<T>);
  return ensureFuture(awaitable);
}

/** Cancels the future and waits until it has ended. Not by awaiting it: then a cancellation of ours could not be told from its own. */
async function cancelAndWait(future: Future): Promise<void> {
  const waiter = getEventLoop().createFuture<undefined>();
  const wake = (): void => {
    if (!waiter.done()) waiter.setResult(undefined);
  };
  listen(future, wake, currentTask());
  try {
    future.cancel();
    await waiter;
  } finally {
    future.removeDoneCallback(wake);
  }
}
