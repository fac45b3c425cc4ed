/**
 * How errors, values and outcomes look in a trace. Its twin in Python is `recorder/show.py`.
 */
import { CancelledError, type Future, InvalidStateError, TimeoutError, UsageError } from "@async/futures";
import { BrokenBarrierError, QueueEmpty, QueueFull, QueueShutDown } from "@async/sync";
import { ExceptionGroup } from "@async/task";

/** What a program raises by itself. */
export class Boom extends Error {
  override readonly name = "Boom";
}

type ErrorClass = abstract new (...args: never[]) => Error;

const errorNames: readonly (readonly [ErrorClass, string])[] = [
  [TimeoutError, "Timeout"],
  [InvalidStateError, "InvalidState"],
  [QueueFull, "QueueFull"],
  [QueueEmpty, "QueueEmpty"],
  [QueueShutDown, "QueueShutDown"],
  [BrokenBarrierError, "BrokenBarrier"],
  [UsageError, "Usage"],
];

/** Returns the error by its class; one that no program should meet is shown in full. */
export function showError(error: unknown): string {
  if (error instanceof Boom) return `Boom:${error.message}`;
  if (error instanceof CancelledError) return showCancellation(error.reason);
  if (error instanceof ExceptionGroup) return `Group[${error.errors.map(showError).join(",")}]`;
  const known = errorNames.find(([errorClass]) => error instanceof errorClass);
  return known ? known[1] : String(error);
}

export function showValue(value: unknown): string {
  if (value === null || value === undefined) return "nil";
  if (Array.isArray(value)) return `[${value.map(showValue).join(",")}]`;
  if (value instanceof Error) return showError(value);
  return typeof value === "string" ? value : JSON.stringify(value);
}

export function showOutcome(future: Future): string {
  if (!future.done()) return "pending";
  // Asked first: exception() and result() of a cancelled future would throw, and CPython shows its reason only once.
  if (future.cancelled()) return "cancelled";
  const error = future.exception();
  return error === null ? `ok:${showValue(future.result())}` : showError(error);
}

function showCancellation(reason: unknown): string {
  return reason === undefined || reason === null || reason === ""
    ? "Cancelled"
    : `Cancelled:${showValue(reason)}`;
}
