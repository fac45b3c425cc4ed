/**
 * What a run can fail with beside what its body throws: one class per meaning, each with a stable `code`.
 *
 * A body that can never go on fails with the `DeadlockError` of `@async/task`.
 */
import { brand, isError, show } from "@async/futures/port";
import type { Task } from "@async/task";

import type { CancelPlan } from "./cancel-plan.ts";
import type { Schedule } from "./schedule.ts";

/** The body has ended and left something behind: a task, a timer, or an error that nobody looked at. */
export class LeftoverError extends Error {
  static {
    brand(this, "LeftoverError");
  }
  readonly code = "ERR_LEFTOVER";
  /** A line for each thing, with its name. */
  readonly leftovers: readonly string[];

  constructor(leftovers: readonly string[], options?: ErrorOptions) {
    super(
      [
        "The body has ended and left behind:",
        ...leftovers.map(indent),
        "Await it, or cancel and await it.",
      ].join("\n"),
      options,
    );
    this.leftovers = leftovers;
  }
}

/** The body goes on and on without coming to an end. */
export class EndlessRunError extends Error {
  static {
    brand(this, "EndlessRunError");
  }
  readonly code = "ERR_ENDLESS_RUN";
}

/** The host had something under way for longer than a test may wait for it. */
export class HostTimeoutError extends Error {
  static {
    brand(this, "HostTimeoutError");
  }
  readonly code = "ERR_HOST_TIMEOUT";
}

/** A position of the sequencer can never be reached, because the wait for an earlier one was cancelled. */
export class SequenceBrokenError extends Error {
  static {
    brand(this, "SequenceBrokenError");
  }
  readonly code = "ERR_SEQUENCE_BROKEN";
}

/** The body fails in one of the orders in which it may run. The message shows it, step by step; the cause is what the body failed with. */
export class FailingScheduleError extends Error {
  static {
    brand(this, "FailingScheduleError");
  }
  readonly code = "ERR_FAILING_SCHEDULE";
  /** `explore(body, { replay: schedule })` runs it alone. */
  readonly schedule: Schedule;

  constructor(message: string, schedule: Schedule, options?: ErrorOptions) {
    super(message, options);
    this.schedule = schedule;
  }
}

/** The body does not survive a cancellation. The message shows the run, step by step; the cause is what it failed with. */
export class FailingCancellationError extends Error {
  static {
    brand(this, "FailingCancellationError");
  }
  readonly code = "ERR_FAILING_CANCELLATION";
  /** `cancelEverywhere(body, { replay: plan })` does it alone. */
  readonly plan: CancelPlan;

  constructor(message: string, plan: CancelPlan, options?: ErrorOptions) {
    super(message, options);
    this.plan = plan;
  }
}

/** A task was cancelled and ended as if it had not been. */
export class SwallowedCancellationError extends Error {
  static {
    brand(this, "SwallowedCancellationError");
  }
  readonly code = "ERR_SWALLOWED_CANCELLATION";

  constructor(task: Task) {
    super(
      `Task '${task.name}' was cancelled and ended well all the same: a catch has swallowed the CancelledError; pass it on, or set mayRefuse`,
    );
  }
}

/** The caller's invariant returned false at the end of a run. */
export class InvariantError extends Error {
  static {
    brand(this, "InvariantError");
  }
  readonly code = "ERR_INVARIANT";

  constructor() {
    super("The invariant does not hold: it returned false; throw an error in place of that to say more");
  }
}

/** Returns the text with every line two columns further in, empty ones apart. */
export function indent(text: string): string {
  return text.replaceAll(/^(?=.)/gm, "  ");
}

/** Returns the error without its stack: it is the cause of the error that names it. */
export function describeError(error: unknown): string {
  if (!isError(error)) return show(error, { breakLength: Infinity });
  const nested =
    error instanceof AggregateError ? (error.errors as unknown[]).map(describeError).map(indent) : [];
  return [`${error.name}: ${error.message.trimEnd()}`, ...nested].join("\n");
}
