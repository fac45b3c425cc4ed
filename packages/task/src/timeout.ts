/**
 * timeout, timeoutAt: a deadline for a block of code. When it is over, what the block awaits is cancelled and the block throws TimeoutError.
 *
 *     entered ──► expiring ──► expired        the deadline passed; the body is being cancelled; it has ended
 *        └──────► exited                      the body ended in time
 *
 * The body runs in a scope of its own, so the expiry reaches only the awaits opened in it. A cancellation from outside stays a
 * CancelledError: only if no request but ours is left does the block throw TimeoutError. A body that never waits is never interrupted.
 *
 * Python: `asyncio.timeout`, whose block is a callback here. Source: Lib/asyncio/timeouts.py.
 */
import { inspect } from "node:util";

import { TimeoutError, UsageError, isCancelled } from "@async/futures";
import { awaiterStorage, cancelThrough, checkTimeOrNull } from "@async/futures/port";
import { type TimerHandle, type Handle, getEventLoop } from "@async/loop";

import { cancellationIn } from "./cancel-signal.ts";
import { createTask } from "./create-task.ts";
import { ExceptionGroup } from "./exception-group.ts";
import { type Scope, currentScope } from "./scope.ts";

type TimeoutState = "entered" | "expiring" | "expired" | "exited";

/** The deadline, for the code in its block. */
export class Timeout {
  #state: TimeoutState = "entered";
  #when: number | null = null;
  #timer: Handle | TimerHandle | null = null;
  readonly #scope: Scope;
  readonly #requestsBefore: number;

  /** Made by `timeout`. */
  constructor(scope: Scope, when: number | null) {
    this.#scope = scope;
    this.#requestsBefore = scope.cancelling();
    this.reschedule(when);
  }

  /** Returns the deadline in milliseconds of the loop's time, null for none. */
  when(): number | null {
    return this.#when;
  }

  /** Returns true once the deadline has passed while the block ran. */
  expired(): boolean {
    return this.#state === "expiring" || this.#state === "expired";
  }

  /** Aborts when the deadline passes or the task is cancelled: for `fetch` and other work that only a signal can stop. */
  get signal(): AbortSignal {
    return this.#scope.signal;
  }

  /**
   * Sets another deadline, null for none.
   *
   * @param when - milliseconds of the loop's time
   * @throws UsageError once the timeout has expired or its block has ended, and for NaN.
   */
  reschedule(when: number | null): void {
    checkTimeOrNull("reschedule", "when", when);
    if (this.#state !== "entered")
      throw new UsageError(`Cannot reschedule a timeout that is ${this.#state}; start a new one`);
    this.#timer?.cancel();
    this.#when = when;
    const loop = this.#scope.scheduler;
    if (when === null) this.#timer = null;
    else if (when <= loop.time()) this.#timer = loop.callSoon(this.#expire);
    else this.#timer = loop.setAlarm(when, this.#expire);
  }

  /** The body has ended, with an error or without (undefined): returns what the block throws. */
  leave(error: unknown): unknown {
    this.#timer?.cancel();
    this.#timer = null;
    if (this.#state === "entered") {
      this.#state = "exited";
      return error;
    }
    this.#state = "expired";
    // Another request is open: the cancellation is not ours alone.
    if (this.#scope.uncancel() > this.#requestsBefore) return error;
    const cancellation = cancellationIn(error);
    if (cancellation !== null) return new TimeoutError("the time is up", { cause: cancellation });
    keepTimeout(error);
    if (error instanceof ExceptionGroup) error.errors.forEach(keepTimeout);
    return error;
  }

  toString(): string {
    return `<Timeout ${this.#state}${this.#when === null ? "" : ` when=${this.#when.toFixed(3)}`}>`;
  }

  [inspect.custom](): string {
    return this.toString();
  }

  readonly #expire = (): boolean => {
    this.#timer = null;
    cancelThrough(this.#scope, undefined);
    this.#state = "expiring";
    return true; // An abort signal may have woken code.
  };
}

/**
 * Runs the body with a deadline `delay` milliseconds from now and settles as it does; null sets none yet. Zero or less expires at the first
 * await. Outside of a task it runs in a task of its own.
 *
 * @throws TimeoutError when the deadline passed, with the CancelledError as its cause. What the body throws itself wins.
 * @throws UsageError if the delay is NaN, TypeError if it is neither number nor null, or the body is no function.
 *
 * @example
 * ```ts
 * import { TimeoutError } from "@async/futures";
 * import { sleep, timeout } from "@async/task";
 *
 * try {
 *   await timeout(5, async () => {
 *     await sleep(60_000);
 *   });
 * } catch (error) {
 *   console.log(error instanceof TimeoutError); // true
 * }
 * ```
 */
export async function timeout<T>(
  delay: number | null,
  body: (scope: Timeout) => PromiseLike<T> | T,
): Promise<T> {
  checkTimeOrNull("timeout", "delay", delay);
  return timeoutAt(delay === null ? null : getEventLoop().time() + delay, body);
}

/**
 * `timeout` with the deadline as a time.
 *
 * @param when - milliseconds of the loop's time; null for none
 */
export async function timeoutAt<T>(
  when: number | null,
  body: (scope: Timeout) => PromiseLike<T> | T,
): Promise<T> {
  checkTimeOrNull("timeoutAt", "when", when);
  if (typeof body !== "function")
    throw new TypeError(`The body of a timeout is a function, got ${inspect(body, { depth: 0 })}`);
  const outer = currentScope();
  if (outer === null) return createTask(() => timeoutAt(when, body));
  const scope = outer.open();
  const limit = new Timeout(scope, when);
  try {
    // Awaited inside of the scope: the body may return a future.
    const value = await awaiterStorage.run(scope, async () => await body(limit));
    limit.leave(undefined);
    return value;
  } catch (error) {
    throw limit.leave(error);
  } finally {
    scope.close();
  }
}

/** An error thrown while the block unwinds keeps the timeout in its chain of causes, before the cancellation that it stands for. */
function keepTimeout(error: unknown): void {
  try {
    const seen = new Set<unknown>();
    let last = error;
    while (last instanceof Error && last.cause !== undefined && !isCancelled(last.cause) && !seen.has(last)) {
      seen.add(last);
      last = last.cause;
    }
    if (!(last instanceof Error) || last instanceof TimeoutError || seen.has(last)) return;
    last.cause = new TimeoutError("the time is up", last.cause === undefined ? {} : { cause: last.cause });
  } catch {
    // Frozen, or with a cause of its own making: the error stays as it is.
  }
}
