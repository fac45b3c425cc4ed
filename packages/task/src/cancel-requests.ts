/**
 * CancelRequests: the cancel requests that reached one scope.
 *
 * What is remembered and the count are CPython's `_must_cancel` and `_num_cancels_requested`, kept by scope: with one await at a time the
 * sums along the chain of scopes to the root are what CPython has.
 */
export class CancelRequests {
  /** Those that were not taken back. */
  count = 0;
  lastReason: unknown = undefined;
  /** No await took the last one: the next await throws it. */
  isRemembered = false;
  /** The reason of the last one that was remembered, in the root for all scopes of the task. */
  rememberedReason: unknown = undefined;
  /** The number of the last one that turns throw by themselves: those with an older ticket do. */
  turnsCancelled = 0;

  /** A child scope was closed, and what it left open is this one's. Its count goes with it. */
  takeOver(closed: CancelRequests): void {
    if (closed.isRemembered) this.isRemembered = true;
    this.turnsCancelled = Math.max(this.turnsCancelled, closed.turnsCancelled);
  }
}
