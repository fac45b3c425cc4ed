/**
 * Driver: runs the iterations of a loop on the host.
 *
 * One iteration moves the due timers to the ready queue and runs exactly the jobs that were ready then; what they schedule belongs to the
 * next one. Between two jobs the microtask queue is drained: the coroutine that a job wakes runs, with all that follows from it, before
 * the next job.
 *
 *     asleep ──wake──► host immediate ──► job ─ drain ─ job ─ drain ... ──nothing ready──► asleep, with one host timer
 *                          ▲                       │                                        (virtual clock: move on)
 *                          └── I/O budget is spent ┘
 *
 * A drain is a tick of the host, queued after each job. Where many jobs are ready, or came one after the other, the host immediate has a
 * batch of others behind it instead, one for each job: the host drains between two of them as well, and queueing them costs less. Whenever
 * the run pauses, what is left of the batch is void, so one continuation at most is ever under way. Benchmarks: the lag of the loop under
 * 10,000 tasks, create + await a task.
 *
 * Source: `_run_once`, `run_forever` in Lib/asyncio/base_events.py.
 */
import type { Job } from "@async/futures/port";

import type { Clock } from "./clock.ts";
import {
  type HostImmediate,
  type HostTimer,
  afterDelay,
  afterIo,
  afterMicrotasks,
  batchAfterIo,
  clearImmediate,
  clearTimeout,
  hostNow,
} from "./host.ts";
import type { ReadyQueue } from "./ready-queue.ts";
import type { TimerHeap } from "./timer-heap.ts";

/** Milliseconds after which the host gets to its I/O: a round of its loop takes a fiftieth of that. More would cost requests their latency. */
const IO_BUDGET = 0.5;
/** Reading the clock costs a quarter of a short job, so that many short ones share a reading. */
const JOBS_PER_READING = 16;
/** Jobs that make a batch. The host looks at its I/O before each; a round costs as much as ten jobs, so fewer would be slower than ticks. */
const BATCH = 256;

/** What a driver tells its loop. */
export interface DriverEvents {
  /** Nothing is ready, and no timer is left that will ever be due. */
  idle(): void;
  /** The iteration in which `stop` was called has ended. */
  stopped(): void;
  /** A job threw, which none does: an error in this library. */
  jobFailed(description: string, error: unknown): void;
  /** In debug mode: the job, with all that it woke, took that many milliseconds. */
  jobEnded(description: string, duration: number): void;
}

export class Driver {
  debug = false;
  readonly #ready: ReadyQueue;
  readonly #timers: TimerHeap;
  readonly #clock: Clock;
  readonly #events: DriverEvents;
  #running = false;
  #stopping = false;
  /** Jobs of this iteration that have not run yet. */
  #remaining = 0;
  #iterating = false;
  #asleep = false;
  #immediate: HostImmediate | null = null;
  #timer: HostTimer | null = null;
  /** What the host timer is set for. */
  #deadline = Infinity;
  /** Immediates behind the first of a batch that have not come yet, */
  #steps = 0;
  /** and those of batches that were given up. */
  #voided = 0;
  /** Since the last rest: after a batch of them it is likely that as many jobs again will come. */
  #ticks = 0;
  #sliceStart = 0;
  #jobsInSlice = 0;
  /** The clock is read when so many jobs of the slice have run. */
  #nextReading = 1;
  #current: { readonly description: string; readonly start: number } | null = null;

  constructor(ready: ReadyQueue, timers: TimerHeap, clock: Clock, events: DriverEvents) {
    this.#ready = ready;
    this.#timers = timers;
    this.#clock = clock;
    this.#events = events;
  }

  get running(): boolean {
    return this.#running;
  }

  start(): void {
    this.#running = true;
    this.#giveWay();
  }

  /** Ends the run after this iteration; called before `start`, after one iteration. */
  stop(): void {
    this.#stopping = true;
    this.wake();
  }

  /** Something is ready, or a timer was set: look again. */
  wake(): void {
    if (!this.#asleep) return;
    this.#asleep = false;
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
    this.#giveWay();
  }

  /** A timer was cancelled: a sleep for its sake alone would keep the process alive. */
  timersChanged(): void {
    if (this.#timer === null || this.#timers.nextDeadline() === this.#deadline) return;
    clearTimeout(this.#timer);
    this.#timer = null;
    this.#sleep();
  }

  /** Goes on when the host has looked at its I/O. */
  #giveWay(): void {
    this.#voidSteps();
    if (!this.#isBusy) {
      this.#immediate = afterIo(this.#startSlice);
      return;
    }
    this.#steps = BATCH - 1;
    this.#immediate = batchAfterIo(this.#startSlice, this.#step, this.#steps);
  }

  readonly #startSlice = (): void => {
    this.#immediate = null;
    this.#sliceStart = hostNow();
    this.#jobsInSlice = 0;
    this.#nextReading = 1;
    this.#next();
  };

  /** Runs the next job. Called with an empty microtask queue. */
  readonly #next = (): void => {
    if (this.#current !== null) this.#endCurrent(this.#current);
    for (;;) {
      if (this.#remaining === 0 && !this.#beginIteration()) return;
      if (this.#budgetIsSpent()) {
        this.#giveWay();
        return;
      }
      if (this.#remaining === 0) continue;
      this.#remaining -= 1;
      this.#jobsInSlice += 1;
      const job = this.#ready.shift()!;
      if (this.debug) this.#current = { description: job.describe(), start: hostNow() };
      if (this.#run(job)) {
        this.#drainThenNext();
        return;
      }
      if (this.#current !== null) this.#endCurrent(this.#current);
    }
  };

  #run(job: Job): boolean {
    try {
      return job.run();
    } catch (error) {
      // No job throws; should one, the loop must not stop for it.
      this.#events.jobFailed(job.describe(), error);
      return true;
    }
  }

  #drainThenNext(): void {
    if (this.#steps > 0) return; // The next step of the batch goes on.
    if (this.#isBusy) this.#giveWay();
    else {
      this.#ticks += 1;
      this.#nextAfterTick();
    }
  }

  readonly #nextAfterTick: () => void = afterMicrotasks(this.#next);

  /** One immediate of a batch. They come in the order in which they were queued, so the void ones come first. */
  readonly #step = (): void => {
    if (this.#voided > 0) {
      this.#voided -= 1;
      return;
    }
    this.#steps -= 1;
    this.#next();
  };

  get #isBusy(): boolean {
    return this.#remaining >= BATCH || this.#ticks >= BATCH;
  }

  #voidSteps(): void {
    this.#voided += this.#steps;
    this.#steps = 0;
  }

  /** Returns whether the run goes on. */
  #beginIteration(): boolean {
    if (this.#iterating) {
      this.#iterating = false;
      if (this.#stopping) {
        this.#end();
        return false;
      }
    }
    if (this.#timers.length > 0) this.#moveDueTimers();
    this.#remaining = this.#ready.length;
    if (this.#remaining > 0 || this.#stopping) {
      this.#iterating = true;
      return true;
    }
    return this.#sleep();
  }

  #moveDueTimers(): void {
    const now = this.#clock.now();
    for (let timer = this.#timers.takeDue(now); timer !== null; timer = this.#timers.takeDue(now)) {
      this.#ready.push(timer);
    }
  }

  /** Waits for the next deadline, or moves a virtual clock there. Returns whether the run goes on at once. */
  #sleep(): boolean {
    const deadline = this.#timers.nextDeadline();
    if (deadline === Infinity) {
      this.#fallAsleep();
      this.#events.idle();
      return false;
    }
    if (this.#clock.advanceTo !== undefined) {
      this.#clock.advanceTo(deadline);
      return true;
    }
    this.#fallAsleep();
    this.#deadline = deadline;
    this.#timer = afterDelay(deadline - this.#clock.now(), this.#onTimer);
    return false;
  }

  #fallAsleep(): void {
    this.#asleep = true;
    this.#rest();
  }

  #rest(): void {
    this.#ticks = 0;
    this.#voidSteps();
  }

  #budgetIsSpent(): boolean {
    if (this.#jobsInSlice < this.#nextReading) return false;
    const spent = hostNow() - this.#sliceStart;
    if (spent >= IO_BUDGET) return true;
    // While the jobs are short enough for as many as that.
    const isShort = (spent / this.#jobsInSlice) * JOBS_PER_READING < IO_BUDGET - spent;
    this.#nextReading = this.#jobsInSlice + (isShort ? JOBS_PER_READING : 1);
    return false;
  }

  #endCurrent({ description, start }: { readonly description: string; readonly start: number }): void {
    this.#current = null;
    this.#events.jobEnded(description, hostNow() - start);
  }

  readonly #onTimer = (): void => {
    this.#timer = null;
    this.#asleep = false;
    this.#startSlice();
  };

  #end(): void {
    this.#rest();
    this.#running = false;
    this.#stopping = false;
    this.#asleep = false;
    if (this.#immediate !== null) clearImmediate(this.#immediate);
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#immediate = null;
    this.#timer = null;
    this.#events.stopped();
  }
}
