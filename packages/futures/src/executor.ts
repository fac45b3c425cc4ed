/**
 * Executor: the contract of everything that runs calls elsewhere. Pools implement it; the loop's `runInExecutor` takes one.
 *
 * Python: `concurrent.futures.Executor`.
 */
import type { Future } from "./future.ts";

export interface MapOptions {
  /** Items per message to a worker; the executor chooses without it. At least 1. */
  readonly chunkSize?: number;
  /** At most this many calls are submitted and not yet handed out; the input is then read lazily. */
  readonly bufferSize?: number;
  /** Milliseconds for the whole iteration, from the call of `map`; null: none. */
  readonly timeout?: number | null;
  /** Ends the iteration and cancels what has not started. */
  readonly signal?: AbortSignal;
}

export interface ShutdownOptions {
  /** Resolve only after all work has ended. Default: true. */
  readonly wait?: boolean;
  /** Cancel what has not started. Default: false. */
  readonly cancelFutures?: boolean;
  /** Milliseconds after which the workers are stopped whatever they do; null: none. */
  readonly timeout?: number | null;
}

export interface Executor {
  /** Has `fn(...args)` called elsewhere. Throws a UsageError after shutdown. */
  submit<A extends unknown[], R>(fn: (...args: A) => R, ...args: A): Future<Awaited<R>>;
  /** Calls `fn` for each item; results in the order of the input, which may be async. */
  map<T, R>(
    fn: (item: T) => R,
    items: Iterable<T> | AsyncIterable<T>,
    options?: MapOptions,
  ): AsyncIterable<Awaited<R>>;
  /** Calls `fn` for each tuple of arguments. Python's `map` over several iterables. */
  starmap<A extends unknown[], R>(
    fn: (...args: A) => R,
    argumentTuples: Iterable<A> | AsyncIterable<A>,
    options?: MapOptions,
  ): AsyncIterable<Awaited<R>>;
  /** Takes no more calls, and frees the workers once the work is done. */
  shutdown(options?: ShutdownOptions): Promise<void>;
  /** `shutdown({ wait: true })` */
  [Symbol.asyncDispose](): Promise<void>;
}

const METHODS = ["submit", "map", "starmap", "shutdown"] as const;

/** Says whether the value has the methods of an executor. */
export function isExecutor(value: unknown): value is Executor {
  return (
    typeof value === "object" &&
    value !== null &&
    METHODS.every((name) => typeof (value as Partial<Executor>)[name] === "function")
  );
}
