/**
 * staggeredRace: starts one contender after another and takes the first that succeeds (happy eyeballs, RFC 8305).
 *
 * The next one starts when the one before it fails, or has taken longer than the delay. The first success ends the race: the others are
 * cancelled and have ended when it resolves.
 *
 * Python: `asyncio.staggered.staggered_race`. Source: Lib/asyncio/staggered.py.
 */
import { type Future, UsageError } from "@async/futures";
import { checkTimeOrNull } from "@async/futures/port";
import { getEventLoop } from "@async/loop";

import { createTask } from "./create-task.ts";
import type { AwaitedOf } from "./gather.ts";
import { InterruptError } from "./interrupt-error.ts";
import type { Coroutine, Task } from "./task.ts";
import { wait } from "./wait.ts";

export interface RaceResult<T> {
  /** The result of the winner, null if all failed. */
  readonly winner: T | null;
  /** Its place among the functions, null if all failed. */
  readonly index: number | null;
  /** What each contender that was started has thrown, in the order of the functions; null for the winner. */
  readonly errors: readonly unknown[];
}

/**
 * Resolves to the first success, or to all errors.
 *
 * @param delay - milliseconds between two starts; null starts the next one only when the one before has failed
 *
 * @example
 * ```ts
 * import { sleep, staggeredRace } from "@async/task";
 *
 * const { winner, index } = await staggeredRace([() => sleep(60_000, "slow"), () => sleep(1, "quick")], 5);
 * console.log(winner, index); // quick 1
 * ```
 */
export async function staggeredRace<F extends Coroutine<unknown>>(
  fns: Iterable<F>,
  delay: number | null,
): Promise<RaceResult<AwaitedOf<F>>> {
  checkTimeOrNull("staggeredRace", "delay", delay);
  const loop = getEventLoop();
  const contenders = [...fns];
  if (!contenders.every((fn) => typeof fn === "function"))
    throw new UsageError("staggeredRace takes functions, each of which starts a contender");
  const runners: Task<void>[] = [];
  const errors: unknown[] = [];
  let winner: AwaitedOf<F> | null = null;
  let index: number | null = null;

  /** Waits for its turn, starts who comes after it, and runs its contender. */
  const runNext = async (task: Task, previousFailed: Future | null): Promise<void> => {
    if (previousFailed !== null) await wait([previousFailed], { timeout: delay });
    const place = errors.length;
    const contender = contenders[place];
    if (contender === undefined) return;
    errors.push(null);
    const failed = loop.createFuture<undefined>();
    runners.push(createTask((next) => runNext(next, failed), { loop }));
    try {
      const result = (await contender(task)) as AwaitedOf<F>;
      if (index !== null) return; // Another one has won in this very turn.
      winner = result;
      index = place;
    } catch (error) {
      if (error instanceof InterruptError) throw error;
      errors[place] = error;
      failed.setResult(undefined);
      return;
    }
    // Not itself: there is no await left that could throw the cancellation.
    runners.forEach((runner, other) => {
      if (other !== place) runner.cancel();
    });
  };

  runners.push(createTask((first) => runNext(first, null), { loop }));
  try {
    // The list grows while it is awaited.
    for (let ended = 0; ended < runners.length;) {
      const { done } = await wait([...runners]);
      ended = done.size;
      for (const runner of done) if (!runner.cancelled()) runner.result();
    }
  } finally {
    for (const runner of runners) runner.cancel();
  }
  return { winner, index, errors };
}
