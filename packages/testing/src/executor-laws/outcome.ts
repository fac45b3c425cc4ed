/** How futures and iterations ended, as short texts and lists that a law compares in one line. */
import { type FutureLike, isCancelled } from "@async/futures";

/** Resolves to `"result 3"`, `"RangeError: boom"` or `"cancelled"`. */
export async function outcomeOf(future: PromiseLike<unknown>): Promise<string> {
  try {
    return `result ${String(await future)}`;
  } catch (error) {
    return isCancelled(error) ? "cancelled" : String(error);
  }
}

/** Resolves to the outcomes, in the order of the futures. */
export function outcomesOf(futures: readonly PromiseLike<unknown>[]): Promise<string[]> {
  return Promise.all(futures.map((future) => outcomeOf(future)));
}

/** What an iteration handed out, and what came out of it at the end. */
export interface Iteration<T> {
  readonly results: readonly T[];
  /** Undefined if it ended well. */
  readonly error: unknown;
}

/** Resolves once the iteration has ended, however it does. */
export async function iterate<T>(iterable: AsyncIterable<T>): Promise<Iteration<T>> {
  const results: T[] = [];
  try {
    for await (const result of iterable) results.push(result);
    return { results, error: undefined };
  } catch (error) {
    return { results, error };
  }
}

/** Counts how often the future says that it has ended. */
export function countEnds(futures: readonly FutureLike[]): number[] {
  const ends = futures.map(() => 0);
  for (const [index, future] of futures.entries()) future.addDoneCallback(() => (ends[index]! += 1));
  return ends;
}

/** Returns the promise, whose failure the law sees when it awaits it; until then it is no unhandled one. */
export function awaitedLater<T>(promise: Promise<T>): Promise<T> {
  promise.catch(() => null);
  return promise;
}
