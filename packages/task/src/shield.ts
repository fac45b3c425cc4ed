/**
 * shield: lets a task be awaited without being cancelled along with its waiter.
 *
 * Cancelling the shield leaves the inner future running and no callback on it; the inner one cancelled cancels the shield.
 *
 * Python: `asyncio.shield`. Source: Lib/asyncio/tasks.py.
 */
import { Future, type Scheduler } from "@async/futures";
import { copyOutcome, listen, schedulerOf } from "@async/futures/port";
import { getEventLoop } from "@async/loop";

import { type Awaitable, ensureFuture } from "./ensure-future.ts";

/**
 * Returns a future of the same outcome; a finished future is returned as it is.
 *
 * @throws TypeError if the argument cannot be awaited.
 *
 * @example
 * ```ts
 * import { createTask, shield, sleep, waitFor } from "@async/task";
 *
 * const saving = createTask(() => sleep(200, "saved"));
 * await waitFor(shield(saving), 10).catch(() => console.log("gave up waiting")); // gave up waiting
 * console.log(await saving); // saved
 * ```
 */
export function shield<T>(awaitable: Awaitable<T>): Future<T> {
  const inner = ensureFuture(awaitable);
  if (inner.done()) return inner;
  const outer = new Future<T>({ scheduler: (schedulerOf(inner) as Scheduler | null) ?? getEventLoop() });
  const onInnerDone = (): void => {
    if (outer.cancelled()) {
      // Nobody waits any more: looked at, so that it is not reported.
      if (!inner.cancelled()) inner.exception();
    } else if (inner.cancelled()) outer.cancel();
    else copyOutcome(inner, outer);
  };
  listen(inner, onInnerDone, outer);
  listen(outer, () => {
    if (!inner.done()) inner.removeDoneCallback(onInnerDone);
  });
  return outer;
}
