/**
 * wait: waits for several futures, until all are done, the first is done, or the first has failed.
 *
 * It neither throws on a timeout nor cancels anything: what is not done then is in `pending`. Cancelling the wait leaves the futures alone
 * and no callback behind.
 *
 * Python: `concurrent.futures.wait`, `asyncio.wait`. Source: `_wait` in Lib/asyncio/tasks.py.
 */
import { inspect } from "node:util";

import { currentAwaiter } from "./awaiter.ts";
import { checkTimeout } from "./check-time.ts";
import { UsageError } from "./errors.ts";
import { type FutureLike, isFuture, listen } from "./future-like.ts";
import { Future } from "./future.ts";
import type { Scheduler } from "./ports.ts";
import { callAfter } from "./timer.ts";

/** When `wait` returns. `FIRST_EXCEPTION` also returns when all are done; a cancelled future is no exception. */
export type ReturnWhen = "ALL_COMPLETED" | "FIRST_COMPLETED" | "FIRST_EXCEPTION";

export interface WaitOptions {
  /** Milliseconds; without it, as long as it takes. */
  readonly timeout?: number | null;
  /** Default: `ALL_COMPLETED`. */
  readonly returnWhen?: ReturnWhen;
}

export interface WaitResult<F> {
  readonly done: Set<F>;
  readonly pending: Set<F>;
}

/**
 * Resolves to the futures that are done and those that are not, each once, in the order given.
 *
 * @throws TypeError if something in the list is no future, UsageError for an unknown `returnWhen` or a NaN timeout.
 *
 * @example
 * ```ts
 * import { Future, wait } from "@async/futures";
 *
 * const quick = new Future<string>();
 * const slow = new Future<string>();
 * quick.setResult("here");
 * const { done, pending } = await wait([quick, slow], { returnWhen: "FIRST_COMPLETED" });
 * console.log(done.has(quick), pending.has(slow)); // true true
 * ```
 */
export async function wait<F extends FutureLike>(
  futures: Iterable<F>,
  options: WaitOptions = {},
): Promise<WaitResult<F>> {
  const distinct = distinctFutures("wait", futures);
  checkWaitOptions(options);
  return waitOn(distinct, options, currentAwaiter()?.scheduler ?? null);
}

/** The wait itself, with its timer on the scheduler. */
export async function waitOn<F extends FutureLike>(
  futures: ReadonlySet<F>,
  { timeout, returnWhen = "ALL_COMPLETED" }: WaitOptions,
  scheduler: Scheduler | null,
): Promise<WaitResult<F>> {
  if (futures.size === 0) return { done: new Set(), pending: new Set() };
  const waiter = new Future<undefined>(scheduler === null ? {} : { scheduler });
  const wake = (): void => {
    if (!waiter.done()) waiter.setResult(undefined);
  };
  const timer = timeout == null ? null : callAfter(scheduler, timeout, wake);
  let unfinished = futures.size;
  const countDown = (future: F): void => {
    unfinished -= 1;
    const decided =
      unfinished === 0 ||
      returnWhen === "FIRST_COMPLETED" ||
      (returnWhen === "FIRST_EXCEPTION" && hasFailed(future));
    if (!decided) return;
    timer?.cancel();
    wake();
  };
  const waitingTask = currentAwaiter()?.task ?? null;
  for (const future of futures) listen(future, countDown, waitingTask);
  try {
    await waiter;
  } finally {
    timer?.cancel();
    for (const future of futures) future.removeDoneCallback(countDown);
  }
  const done = new Set<F>();
  const pending = new Set<F>();
  for (const future of futures) (future.done() ? done : pending).add(future);
  return { done, pending };
}

/** Collects an iterable of futures, each once. */
export function distinctFutures<F extends FutureLike>(caller: string, futures: Iterable<F>): Set<F> {
  if (isFuture(futures) || !isIterable(futures)) {
    throw new TypeError(
      `${caller} takes an iterable of futures, got ${inspect(futures, { depth: 0 })}; put it into [ ]`,
    );
  }
  const distinct = new Set(futures);
  for (const future of distinct) {
    if (!isFuture(future))
      throw new TypeError(
        `${caller} takes futures, got ${inspect(future, { depth: 0 })}; make a task of it with createTask`,
      );
  }
  return distinct;
}

export function isIterable(value: unknown): value is Iterable<unknown> {
  return typeof (value as Partial<Iterable<unknown>> | null | undefined)?.[Symbol.iterator] === "function";
}

const RETURN_WHEN: ReadonlySet<unknown> = new Set<ReturnWhen>([
  "ALL_COMPLETED",
  "FIRST_COMPLETED",
  "FIRST_EXCEPTION",
]);

export function checkWaitOptions({ timeout, returnWhen = "ALL_COMPLETED" }: WaitOptions): void {
  checkTimeout("wait", timeout);
  if (RETURN_WHEN.has(returnWhen)) return;
  throw new UsageError(`wait: returnWhen is ${inspect(returnWhen)}; use ${[...RETURN_WHEN].join(", ")}`);
}

function hasFailed(future: FutureLike): boolean {
  return !future.cancelled() && future.exception() !== null;
}
