// The future, and what counts as one.
export { Future } from "./future.ts";
export type { FutureState } from "./future-text.ts";
export { type FutureLike, isFuture } from "./future-like.ts";
export { wrapFuture } from "./wrap-future.ts";

// Waiting for several of them.
export { type ReturnWhen, type WaitOptions, type WaitResult, wait } from "./wait.ts";
export {
  type AsCompletedOptions,
  type Completions,
  type Done,
  type ResultOf,
  asCompleted,
} from "./as-completed.ts";

// The errors.
export {
  BrokenExecutorError,
  CancelledError,
  InvalidStateError,
  TimeoutError,
  UsageError,
  isCancelled,
} from "./errors.ts";

// Where calls are run: the contract of executors.
export { type Executor, type MapOptions, type ShutdownOptions, isExecutor } from "./executor.ts";

// Where callbacks are run: the port of event loops.
export type { Cancellable, ExceptionContext, Scheduler } from "./ports.ts";
