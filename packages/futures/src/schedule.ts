/**
 * schedule: hands jobs to a scheduler, or to the host's next tick where there is none or its loop is closed, so that nothing hangs.
 */
import process from "node:process";

import { show } from "./future-text.ts";
import type { ExceptionContext, Job, Scheduler } from "./ports.ts";

/** Hands the job to the scheduler, or to the host's next tick where there is none that takes it. */
export function schedule(scheduler: Scheduler | null, job: Job): void {
  if (scheduler === null) runOnHostTick(job);
  else if (scheduler.enqueue === undefined) scheduler.callSoon(() => job.run());
  else if (!scheduler.enqueue(job)) runOnHostTick(job);
}

// Captured at import, so that a test runner's fake timers do not stop futures.
const nextTick = process.nextTick.bind(process);

function runOnHostTick(job: Job): void {
  nextTick(() => job.run());
}

/** Gives the context to the scheduler's exception handler, or to the process as a warning where there is none. Never throws. */
export function reportException(scheduler: Scheduler | null, context: ExceptionContext): void {
  if (scheduler?.callExceptionHandler === undefined) {
    warn("UnhandledFutureWarning", context.message, context.exception);
    return;
  }
  try {
    scheduler.callExceptionHandler(context);
  } catch (error) {
    warn("UnhandledFutureWarning", "Unhandled error in exception handler", error);
    warn("UnhandledFutureWarning", context.message, context.exception);
  }
}

let isExiting = false;
process.once("exit", () => {
  isExiting = true;
});

/** Emits a process warning with the exception as its detail; at exit, when Node emits no more, prints it. */
export function warn(type: string, message: string, exception: unknown): void {
  const detail = show(exception);
  if (isExiting) console.error(`(${process.release.name}:${process.pid}) ${type}: ${message}\n${detail}`);
  else process.emitWarning(message, { type, detail });
}
