// What the packages above build on: `@async/futures/port`. Not for applications; it may change with any minor version.

// Loops implement the scheduler, and run jobs.
export type { Awaiter, Job, OpenAwait } from "./ports.ts";
export { reportException, schedule } from "./schedule.ts";
export { CallbackContext } from "./callback-context.ts";
export { reportUnretrieved, warnIfUnretrieved } from "./unretrieved.ts";
export { chainFuture } from "./wrap-future.ts";
export { copyOutcome } from "./future.ts";

// Tasks implement the awaiter, and pass cancel requests on.
export { awaiterStorage, bystanderOf, currentAwaiter } from "./awaiter.ts";
export { Suspension } from "./suspension.ts";
export {
  ANSWER,
  type CancelKeeper,
  type CancelRelay,
  type CancelTarget,
  INTERRUPT,
  PASS_ON,
  REPEAT,
  cancelEach,
  cancelThrough,
} from "./cancel.ts";
export { cancelledWithoutStack, isError } from "./errors.ts";

// Errors get a name and a brand.
export { brand } from "./errors.ts";

// Reports name futures.
export { nameOf, show } from "./future-text.ts";

// Combinators watch futures, and wait for them.
export { CANCEL_MESSAGE, awaitedBy, cancelMessage, listen, schedulerOf } from "./future-like.ts";
export { CompletionIterator } from "./as-completed.ts";
export { checkWaitOptions, distinctFutures, isIterable, waitOn } from "./wait.ts";
export { PromiseFuture } from "./promise-future.ts";
export { MAX_TIMEOUT } from "./timer.ts";

// Arguments are checked.
export { checkTime, checkTimeOrNull, checkTimeout } from "./check-time.ts";
export { isThenable } from "./thenable.ts";
