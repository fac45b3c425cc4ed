/**
 * Future: a result that is not there yet. It can be awaited, cancelled, and watched by callbacks; it settles exactly once.
 *
 *     pending ──► running ──► finished | failed          setResult / setException
 *        └────────────────►  cancelled                   cancel (refused once running)
 *
 * It is a thenable, not a Promise: `await future` calls `then` with the engine's resolvers, and that is where we learn which task waits for
 * which future (`awaiter.ts`, `await-sign.ts`). Callbacks and awaits are kept in one list, in the order in which they came, and are
 * handed to the scheduler in that order, never run inside a setter.
 *
 * Python: `asyncio.Future` and `concurrent.futures.Future`, which are one class here. Source: Lib/asyncio/futures.py.
 */
import { inspect } from "node:util";

import { isAwait } from "./await-sign.ts";
import { type Cancellation, takeError } from "./cancellation.ts";
import { creationStack, rememberCreation } from "./creation-stack.ts";
import { DoneCallback, Listener } from "./done-callback.ts";
import { type CancelledError, InvalidStateError, isCancelled } from "./errors.ts";
import {
  AWAITED_BY,
  CANCEL_MESSAGE,
  FORGET,
  FUTURE,
  type FutureLike,
  LISTEN,
  SCHEDULER,
} from "./future-like.ts";
import { type FutureState, describeFuture } from "./future-text.ts";
import type { Scheduler } from "./ports.ts";
import { type Reject, type Resolve, Suspension, beginAwait } from "./suspension.ts";
import { isThenable } from "./thenable.ts";
import { markRetrieved, trackFailure } from "./unretrieved.ts";
import {
  type Watcher,
  type Watchers,
  listWatchers,
  scheduleWatcher,
  scheduleWatchers,
  waiterOf,
  withWatcher,
  withoutWatchers,
} from "./watchers.ts";

const TAKES_NO_EXECUTOR =
  "new Future() takes no function as a Promise does; make it without, and call setResult() or setException() when the outcome is known";

/** Ends the target as the source has ended, with its result or exception, past the checks of the public setters. Set up by `Future`. */
export let copyOutcome: (source: FutureLike, target: Future) => void;

export class Future<T = unknown> implements FutureLike<T> {
  #state: FutureState = "pending";
  /** The result, the exception, or a `Cancellation`. */
  #outcome: unknown = undefined;
  #watchers: Watchers = null;
  readonly #scheduler: Scheduler | null;

  static {
    copyOutcome = (source, target) => {
      const error = source.exception();
      if (error === null) target.finish(source.result());
      else target.fail(error);
    };
  }

  /**
   * Makes a pending future.
   *
   * `scheduler` runs its callbacks and wakes those who await it; `loop.createFuture()` passes the loop. Without one it can be awaited from
   * any loop, which then wakes the awaiter, and callbacks run on host ticks.
   *
   * @example
   * ```ts
   * import { Future } from "@async/futures";
   *
   * const future = new Future<number>();
   * future.addDoneCallback((done) => console.log(`callback: ${done.result()}`));
   * setTimeout(() => future.setResult(42), 1);
   * console.log(await future); // 42
   * ```
   */
  constructor(options: { readonly scheduler?: Scheduler } = {}) {
    if (typeof options === "function") throw new TypeError(TAKES_NO_EXECUTOR);
    this.#scheduler = options.scheduler ?? null;
    if (this.#scheduler?.debug === true) rememberCreation(this);
  }

  // A getter on the prototype, since a field would cost every future its memory.
  // eslint-disable-next-line @typescript-eslint/class-literal-property-style
  get [FUTURE](): true {
    return true;
  }

  /** Returns true once there is an outcome, also a cancellation. */
  done(): boolean {
    return this.#state !== "pending" && this.#state !== "running";
  }

  cancelled(): boolean {
    return this.#state === "cancelled";
  }

  /** Returns true while an executor works on it. Python: `concurrent.futures.Future.running`. */
  running(): boolean {
    return this.#state === "running";
  }

  /** What `cancel(reason)` was given, for everyone and for good; Python forgets it at times. */
  get cancelReason(): unknown {
    return this.#state === "cancelled" ? (this.#outcome as Cancellation).reason : undefined;
  }

  /**
   * Returns the result at once; never waits.
   *
   * @throws InvalidStateError while pending, CancelledError once cancelled, and the exception itself once failed.
   */
  result(): T {
    switch (this.#state) {
      case "finished":
        return this.#outcome as T;
      case "failed":
        markRetrieved(this);
        throw this.#outcome;
      case "cancelled":
        throw takeError(this.#outcome as Cancellation);
      default:
        throw new InvalidStateError(`Result is not set yet: ${this.toString()}; await the future`);
    }
  }

  /**
   * Returns the exception, null if it finished well.
   *
   * @throws InvalidStateError while pending, CancelledError once cancelled.
   */
  exception(): unknown {
    if (this.#state === "finished") return null;
    if (this.#state === "cancelled") throw takeError(this.#outcome as Cancellation);
    if (this.#state !== "failed")
      throw new InvalidStateError(`Exception is not set yet: ${this.toString()}; await the future`);
    markRetrieved(this);
    return this.#outcome;
  }

  /**
   * Ends the future with a result and schedules its callbacks.
   *
   * @throws InvalidStateError if it is done already; the first outcome stays.
   * @throws TypeError for a promise or another thenable: await it first, or use `wrapFuture`.
   */
  setResult(value: T): void {
    if (isThenable(value))
      throw new TypeError("setResult takes a plain value, got a thenable; await it and pass the result");
    this.finish(value);
  }

  /**
   * Ends the future with an exception, an instance or an error class, and schedules its callbacks. If nobody ever looks at it, it is reported
   * once to the scheduler's exception handler, without one as a process warning.
   *
   * @throws InvalidStateError if it is done already; the first outcome stays.
   */
  setException(error: unknown): void {
    this.fail(isErrorClass(error) ? new error() : error);
  }

  /**
   * An executor is about to run the call: returns true and the future is running, or false if it was cancelled meanwhile.
   *
   * @throws InvalidStateError if it runs or has ended already.
   */
  setRunningOrNotifyCancel(): boolean {
    if (this.#state === "cancelled") return false;
    if (this.#state !== "pending")
      throw new InvalidStateError(`Only a pending future can start to run: ${this.toString()}`);
    this.#state = "running";
    return true;
  }

  /**
   * Cancels the future and schedules its callbacks. Returns false, and changes nothing, if it is done or running already.
   *
   * @param reason - any value; seen as `CancelledError#reason` by those who await it
   */
  cancel(reason?: unknown): boolean {
    // Whoever cancels knows of it: a failure is not reported any more.
    if (this.#state === "failed") markRetrieved(this);
    if (this.#state !== "pending") return false;
    this.endCancelled(reason);
    return true;
  }

  /**
   * Has `callback(future)` called once the future is done: on a later turn of its scheduler, in the order of registration, in the async
   * context of this caller. Also if the future is done already. A callback that throws is reported to the exception handler.
   *
   * @throws TypeError if the callback is no function.
   */
  addDoneCallback(callback: (future: this) => void): void {
    if (typeof callback !== "function")
      throw new TypeError(`addDoneCallback takes a function, got ${inspect(callback)}`);
    this.#watch(new DoneCallback(this, this.#scheduler, callback));
  }

  /** Removes every registration of the callback and returns how many there were. */
  removeDoneCallback(callback: (future: this) => void): number {
    let removed = 0;
    this.#watchers = withoutWatchers(this.#watchers, (watcher) => {
      if (watcher instanceof Suspension || watcher.callback !== callback) return false;
      removed += 1;
      return true;
    });
    return removed;
  }

  /**
   * What a Promise's `then` does (Promises/A+). An `await` calls it too, with the engine's resolvers: that alone is a wait of the task, which
   * a cancellation of the task passes on to this future.
   */
  then<A = T, B = never>(
    onFulfilled?: ((value: T) => A | PromiseLike<A>) | null,
    onRejected?: ((reason: unknown) => B | PromiseLike<B>) | null,
  ): Promise<A | B> {
    if (!isAwait(onFulfilled, onRejected)) return this.#toPromise().then(onFulfilled, onRejected);
    this.#await(onFulfilled as Resolve, onRejected as Reject);
    return this as never; // The engine ignores it, so no promise is made. User code that passes a promise's own resolvers can go on with it.
  }

  catch<B = never>(onRejected?: ((reason: unknown) => B | PromiseLike<B>) | null): Promise<T | B> {
    return this.#toPromise().catch(onRejected);
  }

  finally(onFinally?: (() => void) | null): Promise<T> {
    return this.#toPromise().finally(onFinally);
  }

  /** Shows state, outcome and callbacks: `<Future finished result=42>`. */
  toString(): string {
    return `<${[this.constructor.name, ...this.describeState()].join(" ")}>`;
  }

  [inspect.custom](): string {
    return this.toString();
  }

  /** The parts of the text form; a task adds its own. */
  protected describeState(): string[] {
    const watchers = listWatchers(this.#watchers).map((watcher) => watcher.describe());
    return describeFuture(this.#state, this.#outcome, watchers, creationStack(this));
  }

  [LISTEN](callback: (future: never) => void, onBehalfOf: object | null): void {
    this.#watch(new Listener(this, callback, onBehalfOf));
  }

  [FORGET](watcher: object): void {
    this.#watchers = withoutWatchers(this.#watchers, (other) => other === watcher);
  }

  get [SCHEDULER](): Scheduler | null {
    return this.#scheduler;
  }

  get [CANCEL_MESSAGE](): unknown {
    return this.#state === "cancelled" ? (this.#outcome as Cancellation).message : undefined;
  }

  [AWAITED_BY](): object[] {
    return listWatchers(this.#watchers)
      .map(waiterOf)
      .filter((waiter) => waiter !== null);
  }

  /** Ends it with a result, past the checks of the public setter. */
  protected finish(value: unknown): void {
    this.#settle("finished", value);
  }

  /** Ends it with an exception, past the checks of the public setter. */
  protected fail(error: unknown): void {
    this.#settle("failed", error ?? new Error(`${String(error)} was thrown; throw an Error instead`));
    // A cancellation that nobody saw is no news: somebody asked for it.
    if (isCancelled(this.#outcome)) return;
    const createdAt = creationStack(this);
    const context = { message: `${this.subject()} exception was never retrieved`, exception: this.#outcome };
    trackFailure(this, this.#scheduler, createdAt === undefined ? context : { ...context, createdAt });
  }

  /** Ends it cancelled. `error` is the cancellation that came out of a coroutine: its first reader gets that very object. */
  protected endCancelled(message: unknown, error?: CancelledError): void {
    this.#settle("cancelled", { message, reason: message ?? error?.reason, error } satisfies Cancellation);
  }

  /** Whether anything awaits it or was registered on it. */
  protected get isWatched(): boolean {
    return this.#watchers !== null;
  }

  /** How reports name it. */
  protected subject(): string {
    return "Future";
  }

  #settle(state: FutureState, outcome: unknown): void {
    if (this.done()) throw new InvalidStateError(`The future has its outcome already: ${this.toString()}`);
    this.#state = state;
    this.#outcome = outcome;
    const watchers = this.#watchers;
    this.#watchers = null;
    scheduleWatchers(watchers, this.#scheduler);
  }

  #watch(watcher: Watcher): void {
    if (this.done()) scheduleWatcher(watcher, this.#scheduler);
    else this.#watchers = withWatcher(this.#watchers, watcher);
  }

  #await(resolve: Resolve, reject: Reject): void {
    if (this.done()) {
      // No turn of the loop: a finished future resumes its awaiter at once.
      this.#deliver(resolve, reject);
      return;
    }
    const suspension = beginAwait(this, this.#scheduler, resolve, reject);
    if (suspension !== null) this.#watch(suspension);
  }

  #deliver(resolve: Resolve, reject: Reject): void {
    if (this.#state === "finished") resolve(this.#outcome);
    else if (this.#state === "cancelled") reject(takeError(this.#outcome as Cancellation));
    else {
      markRetrieved(this);
      reject(this.#outcome);
    }
  }

  #toPromise(): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      if (this.done()) this.#deliver(resolve as Resolve, reject);
      else this.#watch(new Suspension(null, this, resolve as Resolve, reject));
    });
  }
}

function isErrorClass(error: unknown): error is new () => Error {
  return typeof error === "function" && (error === Error || error.prototype instanceof Error);
}
