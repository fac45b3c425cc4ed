/** Cancellation: how a future was cancelled, and the error that its readers get. */
import { type CancelledError, cancelledWithoutStack } from "./errors.ts";

export interface Cancellation {
  /** As CPython's `_cancel_message`: missing where the cancellation came out of a coroutine. */
  readonly message: unknown;
  /** What `cancel(reason)` was given, wherever it came from. */
  readonly reason: unknown;
  /** The error that came out of the coroutine, for the first reader. */
  error: CancelledError | undefined;
}

/** CPython's rule: the error that ended the coroutine goes to the first reader, later ones get a new one with the message. */
export function takeError(cancellation: Cancellation): CancelledError {
  const { error } = cancellation;
  cancellation.error = undefined;
  return error ?? cancelledWithoutStack(cancellation.message);
}
