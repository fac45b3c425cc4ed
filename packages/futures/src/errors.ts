/**
 * The errors of futures, one class per meaning, each with a stable `code`.
 *
 * They are recognised by brand: `instanceof` also holds for the error of a second installed copy of this package.
 */

/** Gives the class its name and its brand; a subclass that a user makes keeps the ordinary `instanceof`. */
export function brand(errorClass: { readonly prototype: Error }, name: string): void {
  const mark = Symbol.for(`@async/error/${name}`);
  Object.defineProperty(errorClass.prototype, "name", { value: name, configurable: true, writable: true });
  Object.defineProperty(errorClass.prototype, mark, { value: true });
  Object.defineProperty(errorClass, Symbol.hasInstance, {
    value(this: { readonly prototype: object }, candidate: unknown): boolean {
      if (typeof candidate !== "object" || candidate === null) return false;
      try {
        return this === errorClass
          ? mark in candidate
          : Object.prototype.isPrototypeOf.call(this.prototype, candidate);
      } catch {
        return false; // A revoked proxy, or one whose traps throw.
      }
    },
  });
}

/**
 * The work was cancelled. Passed on by default: code that catches it says why.
 *
 * `reason` is what `cancel(reason)` was given, `undefined` without one; a string is also the message.
 *
 * Python: `asyncio.CancelledError`.
 */
export class CancelledError extends Error {
  static {
    brand(this, "CancelledError");
  }
  readonly code = "ERR_CANCELLED";
  readonly reason: unknown;

  constructor(reason?: unknown, options?: ErrorOptions) {
    super(typeof reason === "string" ? reason : "cancelled", options);
    this.reason = reason;
  }
}

/** The state of a future does not allow the call: a result asked for too early, or set twice. Python: `asyncio.InvalidStateError`. */
export class InvalidStateError extends Error {
  static {
    brand(this, "InvalidStateError");
  }
  readonly code = "ERR_INVALID_STATE";
}

/** The time was up before the work was done. Python: `TimeoutError`. */
export class TimeoutError extends Error {
  static {
    brand(this, "TimeoutError");
  }
  readonly code = "ERR_TIMEOUT";
}

/** A call that can never work as written; the message says what to write instead. Python raises `RuntimeError` or `ValueError`. */
export class UsageError extends Error {
  static {
    brand(this, "UsageError");
  }
  readonly code = "ERR_USAGE";
}

/** An executor can serve no more calls. Python: `concurrent.futures.BrokenExecutor`. */
export class BrokenExecutorError extends Error {
  static {
    brand(this, "BrokenExecutorError");
  }
  readonly code: string = "ERR_BROKEN_EXECUTOR";
}

/**
 * Says whether the error is a cancellation. JavaScript's `catch` also catches these, where Python's `except Exception` does not.
 *
 * @example
 * ```ts
 * import { CancelledError, isCancelled } from "@async/futures";
 *
 * try {
 *   throw new CancelledError("shutting down");
 * } catch (error) {
 *   console.log(isCancelled(error)); // true
 * }
 * ```
 */
export function isCancelled(error: unknown): error is CancelledError {
  return error instanceof CancelledError;
}

/** `instanceof Error` for values of any kind: a revoked proxy, or one whose traps throw, is no error. */
export function isError(value: unknown): value is Error {
  try {
    return value instanceof Error;
  } catch {
    return false;
  }
}

/** Returns a CancelledError without a stack: capturing one takes ten times as long, and where a cancelled await stood tells nothing. */
export function cancelledWithoutStack(reason: unknown): CancelledError {
  const limit = Error.stackTraceLimit;
  try {
    Error.stackTraceLimit = 0;
  } catch {
    return new CancelledError(reason); // The host has frozen it (--frozen-intrinsics).
  }
  try {
    return new CancelledError(reason);
  } finally {
    Error.stackTraceLimit = limit;
  }
}
