/**
 * FutureLike: what counts as a future wherever one is taken, also one of a second installed copy of this package.
 *
 * It is told by its brand. Beside the public methods it answers a small protocol under shared symbols, which combinators such as
 * `gather` use: no `#private` field is ever read across objects.
 */

/** The brand; its version is that of the protocol below. */
export const FUTURE: unique symbol = Symbol.for("@async/future/1") as never;
/** Adds a callback that runs in no context of its own and must not throw: `(fn, onBehalfOf) => void`. */
export const LISTEN: unique symbol = Symbol.for("@async/future/1/listen") as never;
/** The reason as CPython's `_cancel_message` has it: lost where the cancellation came out of a task's coroutine. */
export const CANCEL_MESSAGE: unique symbol = Symbol.for("@async/future/1/cancelMessage") as never;
/** Who waits for this future: tasks and futures, in the order in which they came. */
export const AWAITED_BY: unique symbol = Symbol.for("@async/future/1/awaitedBy") as never;
/** Takes a watcher out of the list before the future is done. */
export const FORGET: unique symbol = Symbol.for("@async/future/1/forget") as never;
/** The scheduler that runs its callbacks, null for none. */
export const SCHEDULER: unique symbol = Symbol.for("@async/future/1/scheduler") as never;

/** The public side of a future, as parameters take it. `Future` and `Task` are such. */
export interface FutureLike<T = unknown> extends PromiseLike<T> {
  readonly [FUTURE]: true;
  readonly cancelReason: unknown;
  toString(): string;
  done(): boolean;
  cancelled(): boolean;
  result(): T;
  exception(): unknown;
  cancel(reason?: unknown): boolean;
  addDoneCallback(callback: (future: this) => void): void;
  removeDoneCallback(callback: (future: this) => void): number;
}

/** The protocol under the shared symbols. */
interface FutureProtocol {
  [LISTEN](callback: (future: never) => void, onBehalfOf: object | null): void;
  readonly [CANCEL_MESSAGE]: unknown;
  [AWAITED_BY](): object[];
  [FORGET](watcher: object): void;
  readonly [SCHEDULER]: object | null;
}

/** Says whether the value is a future of this library. Python: `asyncio.isfuture`. */
export function isFuture(value: unknown): value is FutureLike {
  return typeof value === "object" && value !== null && FUTURE in value;
}

/** Has `callback` called once the future is done, on behalf of the future or task that waits through it. Undone by `removeDoneCallback`. */
export function listen<F extends FutureLike>(
  future: F,
  callback: (future: F) => unknown,
  onBehalfOf: object | null = null,
): void {
  (future as unknown as FutureProtocol)[LISTEN](callback, onBehalfOf);
}

export function cancelMessage(future: FutureLike): unknown {
  return (future as unknown as FutureProtocol)[CANCEL_MESSAGE];
}

export function forget(future: FutureLike, watcher: object): void {
  (future as unknown as FutureProtocol)[FORGET](watcher);
}

/** Returns the tasks and futures that wait for this future. */
export function awaitedBy(future: FutureLike): object[] {
  return (future as unknown as FutureProtocol)[AWAITED_BY]();
}

/** Returns the scheduler that the future belongs to; null for one that can be awaited from any loop. */
export function schedulerOf(future: FutureLike): object | null {
  return (future as unknown as FutureProtocol)[SCHEDULER];
}
