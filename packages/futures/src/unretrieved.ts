/**
 * Failures that nobody looked at: each is reported once, when it can no longer be read.
 *
 * That is when its future is garbage-collected, when its loop closes, or at process exit, whichever comes first. Reading the outcome
 * (an await, `result()`, `exception()`) or `cancel()` withdraws the report. Only failures pay for this.
 */
import process from "node:process";

import type { ExceptionContext, Scheduler } from "./ports.ts";
import { reportException, warn } from "./schedule.ts";
import { MAX_TIMEOUT } from "./timer.ts";

// Everything but the future itself, which must stay collectable.
const open = new Set<Failure>();
const collected = new FinalizationRegistry<Failure>((failure) => {
  failure.report();
});
// Captured at import, so that a test runner's fake timers do not hold the warning back.
const { setTimeout } = globalThis;

// Kept beside the futures, because few have one: a field less in each is memory and time.
const failures = new WeakMap<object, Failure>();

/** The future has failed: unless somebody looks, it is reported to the scheduler. */
export function trackFailure(future: object, scheduler: Scheduler | null, context: ExceptionContext): void {
  failures.set(future, new Failure(future, scheduler, context));
}

/** Somebody looked at the failure: it is not reported. */
export function markRetrieved(future: object): void {
  failures.get(future)?.retrieved();
  failures.delete(future);
}

/**
 * Warns once after `delay` milliseconds if nobody has looked at the failure by then, because collection may be hours away. The report itself is
 * still made when the time for it comes.
 */
export function warnIfUnretrieved(future: object, delay: number): void {
  failures.get(future)?.warnAfter(delay);
}

/** The failure of one future, until it is read or reported. */
class Failure {
  readonly #scheduler: Scheduler | null;
  readonly #context: ExceptionContext;

  /** @param future - watched for collection, not held */
  constructor(future: object, scheduler: Scheduler | null, context: ExceptionContext) {
    if (open.size === 0) process.on("exit", reportAll);
    this.#scheduler = scheduler;
    this.#context = context;
    open.add(this);
    // Formatting the stack lets go of the frames: their receivers, of which the future may be one, would never be collected.
    formatStack(context.exception);
    collected.register(future, this, this);
  }

  retrieved(): void {
    if (!open.delete(this)) return;
    collected.unregister(this);
    if (open.size === 0) process.off("exit", reportAll);
  }

  report(): void {
    if (!open.has(this)) return;
    this.retrieved();
    reportException(this.#scheduler, this.#context);
  }

  belongsTo(scheduler: Scheduler): boolean {
    return this.#scheduler === scheduler;
  }

  warnAfter(delay: number): void {
    if (delay > MAX_TIMEOUT) return; // Nobody cares any more by then.
    const timer = setTimeout(() => {
      if (!open.has(this)) return;
      const { exception, message } = this.#context;
      const advice = "await the task, or read its exception()";
      warn("UnawaitedFailureWarning", `${message} so far, ${delay} ms after it failed; ${advice}`, exception);
    }, delay);
    timer.unref();
  }
}

/** Reports what is still unread of the scheduler's futures: it closes. */
export function reportUnretrieved(scheduler: Scheduler): void {
  for (const failure of [...open]) if (failure.belongsTo(scheduler)) failure.report();
}

function formatStack(exception: unknown): void {
  try {
    if (exception instanceof Error) String(exception.stack);
  } catch {
    // A getter of the program's own throws.
  }
}

function reportAll(): void {
  for (const failure of [...open]) failure.report();
}
