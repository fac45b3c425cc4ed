/**
 * wrapFuture, chainFuture: one future follows another. The outcome goes down, a cancellation goes up.
 *
 * Python: `asyncio.wrap_future`. Source: `_chain_future` in Lib/asyncio/futures.py.
 */
import { inspect } from "node:util";

import { type FutureLike, isFuture, listen } from "./future-like.ts";
import { Future, copyOutcome } from "./future.ts";

/**
 * Returns a `Future` of this copy of the package that follows the given one; one of ours is returned as it is.
 *
 * @throws TypeError if it is no future.
 *
 * @example
 * ```ts
 * import { Future, wrapFuture } from "@async/futures";
 *
 * const future = new Future<number>();
 * console.log(wrapFuture(future) === future); // true
 * ```
 */
export function wrapFuture<T>(future: FutureLike<T>): Future<T> {
  if (future instanceof Future) return future as Future<T>;
  if (!isFuture(future))
    throw new TypeError(`wrapFuture takes a future, got ${inspect(future, { depth: 0 })}`);
  return chainFuture(future, new Future<T>());
}

/** Has `target` follow `source`: it takes its outcome, and passes its own cancellation on to it. Returns `target`. */
export function chainFuture<T>(source: FutureLike<T>, target: Future<T>): Future<T> {
  listen(target, () => {
    if (target.cancelled()) source.cancel(target.cancelReason);
  });
  listen(
    source,
    () => {
      if (target.done()) {
        // Nobody follows any more: looked at, so that it is not reported.
        if (!source.cancelled()) source.exception();
      } else if (source.cancelled()) target.cancel(source.cancelReason);
      else copyOutcome(source, target);
    },
    target,
  );
  return target;
}
