/**
 * sleep: lets time pass, and other tasks run.
 *
 * `sleep(0)` gives up exactly one turn of the loop: all that is ready now runs first. It waits on no future, only on its own place in the
 * ready queue, so a cancellation finds nothing to cancel there and is thrown when that place comes. Longer sleeps wait on a future that a
 * timer sets; cancelling them cancels the timer.
 *
 * Python: `asyncio.sleep`. Benchmark of the first kind: `sleep(0)` of 100 tasks.
 */
import { type CancelledError, type Future, UsageError } from "@async/futures";
import {
  type Awaiter,
  type Job,
  cancelledWithoutStack,
  checkTime,
  currentAwaiter,
  nameOf,
} from "@async/futures/port";
import { getEventLoop } from "@async/loop";

import { tolerateUnownedCancellations } from "./unowned-cancellations.ts";

/**
 * Resolves to `value` after `delay` milliseconds; zero or less gives up one turn of the loop.
 *
 * @throws UsageError if the delay is NaN, TypeError if it is no number.
 *
 * @example
 * ```ts
 * import { sleep } from "@async/task";
 *
 * console.log(await sleep(10, "ten milliseconds later")); // ten milliseconds later
 * ```
 */
export function sleep(delay: number): Promise<void>;
export function sleep<T>(delay: number, value: T): Promise<T>;
export function sleep(delay: number, value?: unknown): Promise<unknown> {
  const refusal = refuse(delay);
  if (refusal !== null) return Promise.reject(refusal);
  if (delay > 0) return sleepFor(delay, value);
  return value === undefined ? oneTurn() : oneTurn().then(() => value);
}

/** Returns why the loop cannot sleep that long, null if it can. */
function refuse(delay: unknown): Error | null {
  try {
    checkTime("sleep", "delay", delay);
  } catch (error) {
    return error as Error;
  }
  if (!getEventLoop().isClosed()) return null;
  // Code that outlived its task and its loop, because nobody awaited it, ends there.
  if (currentAwaiter()?.task?.done() === true) return cancelLeftOver();
  return new UsageError("sleep: the event loop is closed; make a new one");
}

function cancelLeftOver(): CancelledError {
  tolerateUnownedCancellations();
  return cancelledWithoutStack("the event loop is closed");
}

function oneTurn(): Promise<undefined> {
  return new Promise(enqueueTurn);
}

/** A function of its own: V8 inlines it, and leaves out what is not used. `Promise.withResolvers` takes half as long again. */
const enqueueTurn = (resolve: (outcome: undefined | Promise<never>) => void): void => {
  getEventLoop().enqueue(new Turn(currentAwaiter() ?? null, resolve));
};

/** A place in the ready queue. It keeps no more than it must: 10,000 waiting ones are what a garbage collection has to move. */
class Turn implements Job {
  next: Job | null = null;
  readonly #awaiter: Awaiter | null;
  readonly #ticket: number;
  readonly #resolve: (outcome: undefined | Promise<never>) => void;

  constructor(awaiter: Awaiter | null, resolve: (outcome: undefined | Promise<never>) => void) {
    this.#awaiter = awaiter;
    this.#ticket = awaiter === null ? 0 : awaiter.beginTurn();
    this.#resolve = resolve;
  }

  run(): boolean {
    const interruption = this.#awaiter === null ? null : this.#awaiter.endTurn(this.#ticket);
    this.#resolve(interruption === null ? undefined : Promise.reject(interruption));
    return true;
  }

  describe(): string {
    const task = this.#awaiter?.task ?? null;
    return task === null ? "sleep(0) outside of tasks" : `wake-up of ${nameOf(task)}`;
  }
}

async function sleepFor(delay: number, value: unknown): Promise<unknown> {
  const loop = getEventLoop();
  const future = loop.createFuture();
  const alarm = loop.setAlarm(loop.time() + delay, wake, future, value);
  try {
    return await future;
  } finally {
    alarm.cancel();
  }
}

function wake(future: Future, value: unknown): void {
  if (!future.done()) future.setResult(value);
}
