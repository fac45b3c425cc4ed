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
    return `wake-up of ${sleeperOf(this.#awaiter)}`;
  }
}

function sleepFor(delay: number, value: unknown): Promise<unknown> {
  return new Promise((resolve) => {
    new Sleep(getEventLoop(), delay, value, resolve).begin();
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
  #inHeap = true;

  constructor(loop: EventLoop, delay: number, value: unknown, resolve: (outcome: unknown) => void) {
    this.deadline = loop.time() + delay;
    this.#loop = loop;
    this.#awaiter = currentAwaiter() ?? null;
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
    if (this.#inHeap) this.#loop.noteCancelledTimer();
    this.#outcome = error;
    this.#wake("refused");
  }

  cancelled(): boolean {
    return this.#state === "refused";
  }

  leaveHeap(): void {
    this.#inHeap = false;
  }

  resume(): void {
    const interruption = this.#awaiter?.resume(this) ?? null;
    // An error that is on its way already answers the request; a second one would be one too many.
    if (this.#state === "refused") this.#resolve(Promise.reject(this.#outcome));
    else this.#resolve(interruption === null ? this.#outcome : Promise.reject(interruption));
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

function sleeperOf(awaiter: Awaiter | null): string {
  const task = awaiter?.task ?? null;
  return task === null ? "a sleep outside of tasks" : nameOf(task);
}
