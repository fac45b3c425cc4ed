/** Outcome: how a task ended, in a word and with what it gave. */
import { TimeoutError } from "@async/futures";
import type { Task } from "@async/task";

import { showValue } from "../text/show-value.ts";

/** A task that failed because its time was up counts apart. */
export type OutcomeKind = "finished" | "failed" | "timed out" | "cancelled";

export interface Outcome {
  readonly kind: OutcomeKind;
  /** The result, the error, or the reason of the cancellation; empty if there is none. */
  readonly detail: string;
}

/** @throws InvalidStateError if the task is not done. */
export function outcomeOf(task: Task): Outcome {
  if (task.cancelled()) return { kind: "cancelled", detail: showValue(task.cancelReason) };
  const error = task.exception();
  if (error === null) return { kind: "finished", detail: showValue(task.result()) };
  if (error instanceof TimeoutError) return { kind: "timed out", detail: error.message };
  return { kind: "failed", detail: showValue(error) };
}
