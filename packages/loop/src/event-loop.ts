/**
 * EventLoop: runs callbacks, timers and the steps of tasks, one after another, in an order that is exactly CPython's.
 *
 *     created ──► running ◄──► stopped ──► closed
 *
 * This file is the face: what can be scheduled, and how a run begins and ends. Beside it, `driver.ts` runs the iterations on the host,
 * `ready-queue.ts` and `timer-heap.ts` hold what waits, `handle.ts` is one scheduled callback.
 *
 * Python: `asyncio.AbstractEventLoop`. Source: Lib/asyncio/base_events.py.
 */
import process from "node:process";
import { inspect } from "node:util";

import {
  type ExceptionContext,
  type Executor,
  Future,
  type FutureLike,
  type Scheduler,
  UsageError,
  isExecutor,
  isFuture,
} from "@async/futures";
import {
  CallbackContext,
  PromiseFuture,
  type Job,
  bystanderOf,
  chainFuture,
  checkTime,
  checkTimeOrNull,
  currentAwaiter,
  isThenable,
  listen,
  reportUnretrieved,
  schedulerOf,
  schedule,
} from "@async/futures/port";

import { type Clock, RealClock } from "./clock.ts";
import { DefaultExecutor } from "./default-executor.ts";
import { isDefaultLoop } from "./default-loop.ts";
import { Driver } from "./driver.ts";
import { handleException, printException } from "./exception-handler.ts";
import { type Callback, Handle, TimerHandle, callbackName } from "./handle.ts";
import { FifoQueue, type ReadyQueue } from "./ready-queue.ts";
import { SignalHandlers } from "./signals.ts";
import { type Timer, TimerHeap } from "./timer-heap.ts";

export interface EventLoopOptions {
  /** Default: the host's time. */
  readonly clock?: Clock;
  /** Slow-callback warnings, creation stacks, wrong-loop checks. Default: whether the environment has `ASYNC_DEBUG=1`. */
  readonly debug?: boolean;
  /** Default: first in first out. Another order is for tests alone: `explore` of `@async/testing` tries many. */
  readonly ready?: ReadyQueue;
}

/** What a loop has scheduled. */
export interface LoopStatistics {
  /** Callbacks and steps of tasks that run on the next turn; cancelled ones count until their turn comes. */
  readonly ready: number;
  /** Timers that are set and not cancelled. */
  readonly timers: number;
}

/** Gets the errors that nobody waits for, with what is known of them. */
export type ExceptionHandler = (loop: EventLoop, context: ExceptionContext) => void;

export class EventLoop implements Scheduler {
  /** Debug mode: a callback or task step that takes longer than this many milliseconds is reported with its name. */
  slowCallbackDuration = 100;
  /**
   * A failed task that nobody has awaited, watched or read after this many milliseconds gives one process warning; null: none. On virtual time
   * there is none.
   */
  unawaitedFailureDelay: number | null;
  /** Who awaits inside a callback of this loop: nobody. */
  readonly bystander = bystanderOf(this);
  readonly #clock: Clock;
  readonly #ready: ReadyQueue;
  readonly #timers = new TimerHeap();
  readonly #driver: Driver;
  readonly #signals = new SignalHandlers();
  readonly #defaultExecutor = new DefaultExecutor();
  #exceptionHandler: ExceptionHandler | null = null;
  #closed = false;
  /** Settles the promise of the run in progress. */
  #endRun: (() => void) | null = null;
  #stopWhenIdle = false;
  /** `stop` was called, not for want of work. */
  #stopRequested = false;

  constructor({
    clock = new RealClock(),
    debug = process.env["ASYNC_DEBUG"] === "1",
    ready = new FifoQueue(),
  }: EventLoopOptions = {}) {
    this.#clock = clock;
    this.#ready = ready;
    this.unawaitedFailureDelay = this.hasVirtualTime ? null : 1000;
    this.#driver = new Driver(this.#ready, this.#timers, clock, {
      idle: () => {
        if (this.#stopWhenIdle) this.#driver.stop();
      },
      stopped: () => this.#endRun?.(),
      jobFailed: (description, exception) => {
        this.callExceptionHandler({ message: `Internal error in ${description}`, exception });
      },
      jobEnded: (description, duration) => {
        this.#warnIfSlow(description, duration);
      },
    });
    this.debug = debug;
  }

  get debug(): boolean {
    return this.#driver.debug;
  }

  set debug(debug: boolean) {
    this.#driver.debug = debug;
  }

  /** True when the clock moves by itself as soon as nothing is ready. */
  get hasVirtualTime(): boolean {
    return this.#clock.advanceTo !== undefined;
  }

  /** Returns the time of this loop's clock, in milliseconds from an arbitrary start. */
  time(): number {
    return this.#clock.now();
  }

  /**
   * Has `callback(...args)` called on the next turn, after all that is scheduled already, in the async context of this caller.
   *
   * @throws UsageError if the loop is closed, TypeError if the callback is no function.
   *
   * @example
   * ```ts
   * import { EventLoop } from "@async/loop";
   *
   * const loop = new EventLoop();
   * loop.callSoon((name: string) => console.log(`hello ${name}`), "world");
   * await loop.runUntilIdle();
   * ```
   */
  callSoon<A extends unknown[]>(callback: (...args: A) => unknown, ...args: A): Handle {
    this.#check("callSoon", callback);
    const handle = new Handle(this, callback, args, new CallbackContext());
    this.enqueue(handle);
    return handle;
  }

  /**
   * Has `callback(...args)` called after `delay` milliseconds, never earlier; with equal deadlines, in the order of these calls.
   *
   * @param delay - milliseconds; also beyond the 24.8 days of `setTimeout`, and `Infinity`
   * @throws UsageError if the loop is closed or the delay is NaN, TypeError if it is no number or the callback no function.
   */
  callLater<A extends unknown[]>(delay: number, callback: (...args: A) => unknown, ...args: A): TimerHandle {
    checkTime("callLater", "delay", delay);
    this.#check("callLater", callback);
    return this.#addTimer(new TimerHandle(this, this.time() + delay, callback, args, new CallbackContext()));
  }

  /**
   * Has `callback(...args)` called at a time of this loop's clock.
   *
   * @param when - milliseconds of `loop.time()`
   * @throws as `callLater` does.
   */
  callAt<A extends unknown[]>(when: number, callback: (...args: A) => unknown, ...args: A): TimerHandle {
    checkTime("callAt", "when", when);
    this.#check("callAt", callback);
    return this.#addTimer(new TimerHandle(this, when, callback, args, new CallbackContext()));
  }

  /** Makes a pending future whose callbacks and awaits run on this loop. */
  createFuture<T = unknown>(): Future<T> {
    return new Future<T>({ scheduler: this });
  }

  /**
   * Runs until the future or promise is done, and settles as it does. What else is scheduled stays so.
   *
   * @throws UsageError if the loop is closed or running, or another one is running here.
   */
  async runUntilComplete<T>(awaitable: FutureLike<T> | PromiseLike<T>): Promise<T> {
    this.checkMayRun("runUntilComplete");
    const future = this.#futureOf(awaitable);
    const stop = (): void => {
      this.stop();
    };
    listen(future, stop);
    try {
      await this.#run();
    } finally {
      future.removeDoneCallback(stop);
    }
    if (!future.done())
      throw new UsageError("The loop was stopped before the future was done; stop it only after it");
    return future.result();
  }

  /** Runs until `stop` is called. */
  async runForever(): Promise<void> {
    this.checkMayRun("runForever");
    await this.#run();
  }

  /**
   * Runs until no callback is ready and no timer is left, or `stop` is called; tasks may still be waiting then. Resolves to true, or to false if
   * `stop` was called.
   */
  async runUntilIdle(): Promise<boolean> {
    this.checkMayRun("runUntilIdle");
    this.#stopWhenIdle = true;
    try {
      return !(await this.#run());
    } finally {
      this.#stopWhenIdle = false;
    }
  }

  /** Ends the run after the callbacks that are ready now; a run that begins later ends after one turn. */
  stop(): void {
    if (isDefaultLoop(this))
      throw new UsageError(
        "The default event loop is the host's and cannot be stopped; make a loop with newEventLoop()",
      );
    this.#stopRequested = true;
    this.#driver.stop();
  }

  isRunning(): boolean {
    return this.#driver.running;
  }

  isClosed(): boolean {
    return this.#closed;
  }

  /**
   * Drops what is scheduled, restores the signals, and reports failures that nobody looked at. May be called again.
   *
   * @throws UsageError while the loop is running.
   */
  close(): void {
    if (this.isRunning())
      throw new UsageError("A running event loop cannot be closed; stop it and await the end of its run");
    if (this.#closed) return;
    this.#closed = true;
    for (let job = this.#ready.shift(); job !== null; job = this.#ready.shift()) {
      // Callbacks are dropped and tasks not started; what an await waited for is there, so it resumes.
      if (job.abandon === undefined) schedule(null, job);
      else job.abandon();
    }
    this.#timers.clear();
    this.#signals.clear();
    this.#defaultExecutor.abandon((exception) => {
      this.callExceptionHandler({ message: "The default executor failed to shut down", exception });
    });
    reportUnretrieved(this);
  }

  /** Sets what is called with errors that nobody waits for; null brings the default back, which prints them. */
  setExceptionHandler(handler: ExceptionHandler | null): void {
    if (handler !== null && typeof handler !== "function") {
      throw new TypeError(`setExceptionHandler takes a function or null, got ${inspect(handler)}`);
    }
    this.#exceptionHandler = handler;
  }

  /** Reports an error that nobody waits for. Never throws. */
  callExceptionHandler(context: ExceptionContext): void {
    const handler = this.#exceptionHandler;
    handleException(
      handler &&
        ((details) => {
          handler(this, details);
        }),
      context,
    );
  }

  /** Prints the context to standard error. */
  defaultExceptionHandler(context: ExceptionContext): void {
    printException(context);
  }

  /**
   * Has an executor call `fn(...args)`; null means the default one. Cancelling the future cancels the call.
   *
   * @throws UsageError without a default executor; what `submit` throws.
   */
  runInExecutor<A extends unknown[], R>(
    executor: Executor | null,
    fn: (...args: A) => R,
    ...args: A
  ): Future<Awaited<R>> {
    this.#check("runInExecutor", fn);
    const chosen = executor ?? this.#defaultExecutor.get();
    if (!isExecutor(chosen))
      throw new TypeError(`runInExecutor takes an Executor or null, got ${inspect(chosen, { depth: 0 })}`);
    return chainFuture(chosen.submit(fn, ...args), this.createFuture<Awaited<R>>());
  }

  /** @throws TypeError if it has not the methods of an executor. */
  setDefaultExecutor(executor: Executor): void {
    this.#defaultExecutor.set(executor);
  }

  /** Resolves once the default executor has ended its work; after `timeout` milliseconds it gives up with a warning. */
  async shutdownDefaultExecutor(timeout: number | null = null): Promise<void> {
    checkTimeOrNull("shutdownDefaultExecutor", "timeout", timeout);
    await this.#defaultExecutor.shutdown(timeout);
  }

  /**
   * Has `callback(...args)` called on this loop when the process gets the signal, in place of the default action. While the loop runs (the
   * default loop apart), it keeps the process alive.
   *
   * @throws UsageError if there is no such signal, it cannot be caught, or the loop is closed.
   */
  addSignalHandler<A extends unknown[]>(
    signal: NodeJS.Signals,
    callback: (...args: A) => unknown,
    ...args: A
  ): void {
    this.#check("addSignalHandler", callback);
    const context = new CallbackContext();
    this.#signals.set(signal, () => {
      this.enqueue(new Handle(this, callback, args, context));
    });
  }

  /** Brings the default action back. Returns whether a callback was set. */
  removeSignalHandler(signal: NodeJS.Signals): boolean {
    return this.#signals.remove(signal);
  }

  /** Says whether nothing is ready and no timer is left that will ever be due. */
  isIdle(): boolean {
    return this.#ready.length === 0 && this.#timers.nextDeadline() === Infinity;
  }

  /** Queues a job of our own; false when the loop is closed. */
  enqueue(job: Job): boolean {
    if (this.#closed) return false;
    this.#ready.push(job);
    this.#driver.wake();
    return true;
  }

  /** A timer of our own: `callback` neither throws nor wakes user code by itself, and needs no context. */
  setAlarm<A extends unknown[]>(when: number, callback: (...args: A) => unknown, ...args: A): TimerHandle {
    this.#checkOpen("setAlarm");
    return this.#addTimer(new TimerHandle(this, when, callback, args, null));
  }

  /** Sets a timer of a kind of its own. */
  setTimer(timer: Timer): void {
    this.#checkOpen("setTimer");
    this.#addTimer(timer);
  }

  /** For timers alone: one that was set is cancelled. */
  noteCancelledTimer(timer: Timer): void {
    this.#timers.noteCancelled(timer);
    this.#driver.timersChanged();
  }

  /** For what runs it: throws what `runForever` would, in the name of the caller. */
  checkMayRun(caller: string): void {
    this.#checkOpen(caller);
    if (this.isRunning())
      throw new UsageError(`${caller}: this event loop is running already; await the work in it instead`);
    const current = currentAwaiter()?.scheduler as EventLoop | undefined;
    if (current !== undefined && current.isRunning() && !isDefaultLoop(current)) {
      throw new UsageError(`${caller}: another event loop is running here; await the work in it instead`);
    }
  }

  /** Begins a run that the host drives for good: that of the default loop. */
  driveByHost(): void {
    this.#driver.start();
  }

  /** Returns what is scheduled now. */
  statistics(): LoopStatistics {
    return Object.freeze({ ready: this.#ready.length, timers: this.#timers.size });
  }

  /** `close()` */
  [Symbol.dispose](): void {
    this.close();
  }

  toString(): string {
    const state = this.#closed ? "closed" : this.isRunning() ? "running" : "stopped";
    return `<EventLoop ${state}${this.debug ? " debug" : ""}>`;
  }

  [inspect.custom](): string {
    return this.toString();
  }

  #addTimer<T extends Timer>(timer: T): T {
    this.#timers.push(timer);
    this.#driver.wake();
    return timer;
  }

  /** Returns whether `stop` was called. */
  async #run(): Promise<boolean> {
    const ended = new Promise<void>((resolve) => {
      this.#endRun = resolve;
    });
    this.#signals.wait(true);
    this.#driver.start();
    await ended;
    this.#signals.wait(false);
    this.#endRun = null;
    const wasStopped = this.#stopRequested;
    this.#stopRequested = false;
    return wasStopped;
  }

  #futureOf<T>(awaitable: FutureLike<T> | PromiseLike<T>): FutureLike<T> {
    if (isFuture(awaitable)) {
      const scheduler = schedulerOf(awaitable);
      if (scheduler === null || scheduler === this) return awaitable;
      throw new UsageError(
        "runUntilComplete: the future belongs to another loop, which alone completes it; run that loop",
      );
    }
    if (!isThenable(awaitable)) {
      throw new TypeError(
        `runUntilComplete takes a future or a promise, got ${inspect(awaitable)}; make a task of a function`,
      );
    }
    return new PromiseFuture(awaitable, this);
  }

  #check(method: string, callback: unknown): void {
    if (typeof callback !== "function")
      throw new TypeError(`${method} takes a function, got ${inspect(callback)}`);
    this.#checkOpen(method);
    if (!this.debug) return;
    const caller = currentAwaiter()?.scheduler;
    if (caller === undefined || caller === this) return;
    throw new UsageError(
      `${method}(${callbackName(callback as Callback)}) is called on ${this.toString()} from a task or callback of another loop`,
    );
  }

  #checkOpen(method: string): void {
    if (this.#closed) throw new UsageError(`${method}: the event loop is closed; make a new one`);
  }

  #warnIfSlow(description: string, duration: number): void {
    if (duration < this.slowCallbackDuration) return;
    process.emitWarning(`Executing ${description} took ${duration.toFixed(0)} ms`, "SlowCallbackWarning");
  }
}
