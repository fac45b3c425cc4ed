/**
 * The errors of pools, one class per meaning, each with a stable `code`. They are recognised by brand, as those of futures are.
 */
import {
  BrokenExecutorError,
  CancelledError,
  InvalidStateError,
  TimeoutError,
  UsageError,
} from "@async/futures";
import { brand } from "@async/futures/port";

import { registerError } from "./wire/index.ts";

/** What became of a worker. */
export interface Death {
  /** What it exited with; null if a signal ended it, or nobody knows. */
  readonly exitCode: number | null;
  /** The signal that ended a process, null for none. */
  readonly signal: string | null;
  /** What ended it, if it said so: out of memory, an error while it started. */
  readonly cause: unknown;
}

/**
 * A worker thread died while it ran the call, or the executor can serve no more calls; the message says which.
 *
 * Python: `concurrent.futures.thread.BrokenThreadPool`.
 */
export class BrokenThreadPool extends BrokenExecutorError {
  static {
    brand(this, "BrokenThreadPool");
  }
  override readonly code = "ERR_BROKEN_THREAD_POOL";
  /** What the worker exited with; null if it was stopped from outside. */
  readonly exitCode: number | null;

  constructor(message?: string, options?: ErrorOptions & { readonly exitCode?: number | null }) {
    super(message, options);
    this.exitCode = options?.exitCode ?? null;
  }
}

/**
 * A worker process died while it ran the call, or the executor can serve no more calls; the message says which.
 *
 * Python: `concurrent.futures.process.BrokenProcessPool`.
 */
export class BrokenProcessPool extends BrokenExecutorError {
  static {
    brand(this, "BrokenProcessPool");
  }
  override readonly code = "ERR_BROKEN_PROCESS_POOL";
  /** What the worker exited with; null if a signal ended it. */
  readonly exitCode: number | null;
  /** The signal that ended the worker, null for none. */
  readonly signal: string | null;

  constructor(
    message?: string,
    options?: ErrorOptions & { readonly exitCode?: number | null; readonly signal?: string | null },
  ) {
    super(message, options);
    this.exitCode = options?.exitCode ?? null;
    this.signal = options?.signal ?? null;
  }
}

/** `maxPending` calls are under way already. Wait with `await executor.ready()` before `submit`. */
export class ExecutorFull extends Error {
  static {
    brand(this, "ExecutorFull");
  }
  readonly code = "ERR_EXECUTOR_FULL";
}

// What a worker throws of these arrives as one of these.
registerError(CancelledError, InvalidStateError, TimeoutError, UsageError, BrokenExecutorError);
registerError(BrokenThreadPool, BrokenProcessPool, ExecutorFull);
