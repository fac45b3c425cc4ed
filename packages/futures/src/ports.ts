/**
 * The ports: what a future asks of the layers above it.
 *
 * A `Scheduler` runs `Job`s later; an event loop is one. An `Awaiter` is who awaits; a scope of a task is one, and a callback of a loop, in which
 * nobody waits. They refer to each other, so they stand in one file.
 *
 *     async function of a task ── await future ──► future.then(resolve, reject)
 *                                                      │ currentAwaiter()
 *     task's scope ◄───────── suspend(open) ───────────┘      ... cancel(): the scope knows which future to cancel
 *     task's loop  ◄───────── enqueue(job) ── the future is done
 */
import type { CancelTarget } from "./cancel.ts";
import type { CancelledError } from "./errors.ts";
import type { FutureLike } from "./future-like.ts";

/** One thing to run, linked into the list that holds it: a job waits in one place at a time, so that waiting allocates nothing. */
export interface Job {
  next: Job | null;
  /** Runs the job. False says that no user code was woken: the microtask queue need not be drained before the next job. */
  run(): boolean;
  /** Names the job in warnings about slow callbacks. */
  describe(): string;
  /** The loop closes before the job could run. Without this, what waits for it resumes on a tick of the host. */
  abandon?(): void;
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

/** An await in progress, as the awaiter lists it. */
export interface OpenAwait {
  older: OpenAwait | null;
  newer: OpenAwait | null;
  /** The scope that lists this await, null while none does. */
  listedBy: object | null;
  /** What is awaited: a cancel request of the task goes there. */
  readonly target: CancelTarget;
  /** Throws the error where the await stands, whatever becomes of the target. */
  interrupt(error: Error): void;
}

/** Who awaits: a scope of a task, or nobody (a callback of a loop). */
export interface Awaiter {
  /** Wakes it. */
  readonly scheduler: Scheduler;
  /** The task that waits, null in a callback: its awaits belong to nobody. */
  readonly task: FutureLike | null;
  /**
   * An await begins on a future that is not done. The error that is returned, if any, is thrown there one turn later, and the
   * future is left alone.
   */
  suspend(open: OpenAwait): Error | null;
  /** The await ends: this turn resumes it. A cancellation that was requested meanwhile is returned, to be thrown there instead. */
  resume(open: OpenAwait): CancelledError | null;
  /** An await of nothing but a turn of the loop begins. Returns the ticket to end it with. */
  beginTurn(): number;
  /** That turn has come. Returns as `resume` does. */
  endTurn(ticket: number): CancelledError | null;
}
