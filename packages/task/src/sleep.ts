/**
 * sleep: lets time pass, and other tasks run.
 *
 * `sleep(0)` gives up exactly one turn of the loop: all that is ready now runs first. It waits on no future, only on its own place in the
 * ready queue, so a cancellation finds nothing to cancel there and is thrown when that place comes. A longer sleep is a timer; cancelling it
 * cancels the timer.
 *
 * Python: `asyncio.sleep`. Benchmark of the first kind: `sleep(0)` of 100 tasks.
 */
import { type CancelledError, UsageError } from "@async/futures";
import {
  type Awaiter,
  type Job,
  type OpenAwait,
  cancelledWithoutStack,
  checkTime,
  currentAwaiter,
  nameOf,
  schedule,
} from "@async/futures/port";
import { type EventLoop, type Timer, getEventLoop } from "@async/loop";

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
  // Once for all: the async context is a map, and a look into it a tenth of a turn.
  const awaiter = currentAwaiter() ?? null;
  const loop = awaiter === null ? getEventLoop() : (awaiter.scheduler as EventLoop);
  const refusal = refuse(delay, loop, awaiter);
  if (refusal !== null) return Promise.reject(refusal);
  if (delay > 0) return sleepFor(loop, awaiter, delay, value);
  return value === undefined ? oneTurn(loop, awaiter) : oneTurn(loop, awaiter).then(() => value);
}

/** Returns why the loop cannot sleep that long, null if it can. */
function refuse(delay: unknown, loop: EventLoop, awaiter: Awaiter | null): Error | null {
  try {
    checkTime("sleep", "delay", delay);
  } catch (error) {
    return error as Error;
  }
  if (!loop.isClosed()) return null;
  // Code that outlived its task and its loop, because nobody awaited it, ends there.
  if (awaiter?.task?.done() === true) return cancelLeftOver();
  return new UsageError("sleep: the event loop is closed; make a new one");
}

function cancelLeftOver(): CancelledError {
  tolerateUnownedCancellations();
  return cancelledWithoutStack("the event loop is closed");
}

/** The constructor, which V8 inlines, and leaves out what is not used: `Promise.withResolvers` takes half as long again. */
function oneTurn(loop: EventLoop, awaiter: Awaiter | null): Promise<undefined> {
  return new Promise((resolve: (outcome?: PromiseLike<never>) => void) => {
    loop.enqueue(new Turn(awaiter, resolve));
  });
}

/** A place in the ready queue. It keeps no more than it must: 10,000 waiting ones are what a garbage collection has to move. */
class Turn implements Job {
  next: Job | null = null;
  readonly #awaiter: Awaiter | null;
  readonly #ticket: number;
  readonly #resolve: (outcome?: PromiseLike<never>) => void;

  constructor(awaiter: Awaiter | null, resolve: (outcome?: PromiseLike<never>) => void) {
    this.#awaiter = awaiter;
    this.#ticket = awaiter === null ? 0 : awaiter.beginTurn();
    this.#resolve = resolve;
  }

  run(): boolean {
    const interruption = this.#awaiter === null ? null : this.#awaiter.endTurn(this.#ticket);
    this.#resolve(interruption === null ? undefined : new Rejection(interruption));
    return true;
  }

  describe(): string {
    return `wake-up of ${sleeperOf(this.#awaiter)}`;
  }
}

function sleepFor(loop: EventLoop, awaiter: Awaiter | null, delay: number, value: unknown): Promise<unknown> {
  return new Promise((resolve) => {
    new Sleep(loop, awaiter, delay, value, resolve).begin();
  });
}

/**
 * A longer sleep: the timer, what a cancel request goes to, and the await itself. One object is all three, since very many may sleep at a
 * time (benchmark: memory of a sleeping task).
 *
 *     asleep ──timer──► over ─────┐
 *        └────cancel──► refused ──┴──► a Waking is queued ──► the promise of `sleep` settles
 */
class Sleep implements Timer, OpenAwait {
  next: Job | null = null;
  order = 0;
  older: OpenAwait | null = null;
  newer: OpenAwait | null = null;
  listedBy: object | null = null;
  readonly deadline: number;
  readonly #loop: EventLoop;
  readonly #awaiter: Awaiter | null;
  readonly #resolve: (outcome: unknown) => void;
  #state: "asleep" | "over" | "refused" = "asleep";
  /** The value, or the error once refused. */
  #outcome: unknown;

  constructor(
    loop: EventLoop,
    awaiter: Awaiter | null,
    delay: number,
    value: unknown,
    resolve: (outcome: unknown) => void,
  ) {
    this.deadline = loop.time() + delay;
    this.#loop = loop;
    this.#awaiter = awaiter;
    this.#resolve = resolve;
    this.#outcome = value;
  }

  get target(): this {
    return this;
  }

  begin(): void {
    this.#loop.setTimer(this);
    const refusal = this.#awaiter?.suspend(this) ?? null;
    if (refusal !== null) this.interrupt(refusal);
  }

  /** The time has come. Its sleeper has a turn of the loop of its own, as whoever awaits a future. */
  run(): boolean {
    if (this.#state === "asleep") this.#wake("over");
    return false;
  }

  cancel(reason?: unknown): boolean {
    if (this.#state !== "asleep") return false;
    this.interrupt(cancelledWithoutStack(reason));
    return true;
  }

  interrupt(error: Error): void {
    this.#outcome = error;
    this.#wake("refused");
    this.#loop.noteCancelledTimer(this);
  }

  cancelled(): boolean {
    return this.#state === "refused";
  }

  resume(): void {
    const interruption = this.#awaiter?.resume(this) ?? null;
    // An error that is on its way already answers the request; a second one would be one too many.
    if (this.#state === "refused") this.#resolve(new Rejection(this.#outcome));
    else this.#resolve(interruption === null ? this.#outcome : new Rejection(interruption));
  }

  describe(): string {
    return `timer of ${sleeperOf(this.#awaiter)}`;
  }

  describeWaking(): string {
    return `wake-up of ${sleeperOf(this.#awaiter)}`;
  }

  #wake(state: "over" | "refused"): void {
    this.#state = state;
    schedule(this.#loop, new Waking(this));
  }
}

/** The turn in which a sleeper goes on. A job of its own: the sleep may still stand in the ready queue, as a timer that is due. */
class Waking implements Job {
  next: Job | null = null;
  readonly #sleep: Sleep;

  constructor(sleep: Sleep) {
    this.#sleep = sleep;
  }

  run(): boolean {
    this.#sleep.resume();
    return true;
  }

  describe(): string {
    return this.#sleep.describeWaking();
  }
}

/**
 * Resolved with it, a promise is rejected with the error. So a sleep holds on to one function of its promise instead of two. A rejected promise
 * would serve as well, but the host first takes that for unhandled, which costs three times as much (benchmark: cancel sleeping tasks).
 */
class Rejection implements PromiseLike<never> {
  readonly #error: unknown;

  constructor(error: unknown) {
    this.#error = error;
  }

  /** Called by the engine alone, with the functions of the promise. */
  then(_resolve: unknown, reject?: ((error: unknown) => unknown) | null): never {
    return reject?.(this.#error) as never;
  }
}

function sleeperOf(awaiter: Awaiter | null): string {
  const task = awaiter?.task ?? null;
  return task === null ? "a sleep outside of tasks" : nameOf(task);
}
