/**
 * The ports through which a future reaches what runs code: `Job` is one thing to run, `Scheduler` runs it later.
 *
 * A future never runs a callback inside a setter. It hands it to its scheduler, an event loop as a rule; without one, or when the
 * loop is closed, the host's next tick serves, so that nothing hangs.
 */
import process from "node:process";

import type { Awaiter } from "./awaiter.ts";

/** One thing to run, linked into the list that holds it: a job waits in one place at a time, so that waiting allocates nothing. */
export interface Job {
  next: Job | null;
  /** Runs the job. False says that no user code was woken: the microtask queue need not be drained before the next job. */
  run(): boolean;
  /** Names the job in warnings about slow callbacks. */
  describe(): string;
}

/** What can still be prevented: a handle of a loop. */
export interface Cancellable {
  cancel(): void;
}

/** What went wrong, as an exception handler gets it. Python: the `context` of `loop.call_exception_handler`. */
export interface ExceptionContext {
  readonly message: string;
  readonly exception?: unknown;
  readonly future?: unknown;
  readonly task?: unknown;
  readonly handle?: unknown;
  /** In debug mode: the stack where the future, task or handle was made. */
  readonly createdAt?: string;
}

/**
 * Runs callbacks later, first in first out; an `EventLoop` is one.
 *
 * The first two methods suffice. A scheduler of our own also takes bare jobs, which spares a closure and a captured context each.
 */
export interface Scheduler {
  callSoon(callback: (...args: never[]) => unknown, ...args: unknown[]): Cancellable;
  /** @param delay - milliseconds */
  callLater(delay: number, callback: (...args: never[]) => unknown, ...args: unknown[]): Cancellable;
  callExceptionHandler?(context: ExceptionContext): void;
  /** Queues the job; false when the loop is closed. */
  enqueue?(job: Job): boolean;
  /** Who awaits inside a callback that this scheduler runs: nobody, on this scheduler. */
  readonly bystander?: Awaiter;
  readonly debug?: boolean;
}

/** Hands the job to the scheduler, or to the host's next tick where there is none that takes it. */
export function schedule(scheduler: Scheduler | null, job: Job): void {
  if (scheduler === null) runOnHostTick(job);
  else if (scheduler.enqueue === undefined) scheduler.callSoon(() => job.run());
  else if (!scheduler.enqueue(job)) runOnHostTick(job);
}

// Captured at import, so that a test runner's fake timers do not stop futures.
const { nextTick } = process;

function runOnHostTick(job: Job): void {
  nextTick(() => job.run());
}

/** Gives the context to the scheduler's exception handler, or to the process as a warning where there is no scheduler. Never throws. */
export function reportException(scheduler: Scheduler | null, context: ExceptionContext): void {
  if (scheduler?.callExceptionHandler !== undefined) {
    scheduler.callExceptionHandler(context);
    return;
  }
  const { exception } = context;
  const detail = exception instanceof Error ? (exception.stack ?? String(exception)) : String(exception);
  process.emitWarning(context.message, { type: "UnhandledFutureWarning", detail });
}
