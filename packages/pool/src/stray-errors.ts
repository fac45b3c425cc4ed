/**
 * Stray errors: what no call can be blamed for, such as what a timer of a worker throws. They go to `onError`, else they become process warnings.
 *
 * What `onError` itself throws, also later if it is async, is a warning: nobody waits for it, and a pool's ticks belong to no caller.
 */
import process from "node:process";

import { show } from "./show.ts";

/** Returns what takes stray errors, and never throws. */
export function strayErrorHandler(
  owner: string,
  onError: ((error: unknown) => unknown) | undefined,
): (error: unknown) => void {
  if (onError === undefined)
    return (error) => {
      warn(`A worker of ${owner} has thrown, in no call`, error);
    };
  const failed = (failure: unknown): void => {
    warn(`onError of ${owner} has thrown`, failure);
  };
  return (error) => {
    try {
      const outcome = onError(error);
      if (outcome instanceof Promise) outcome.catch(failed);
    } catch (failure) {
      failed(failure);
    }
  };
}

function warn(message: string, error: unknown): void {
  process.emitWarning(message, { type: "PoolWarning", detail: show(error, {}) });
}
