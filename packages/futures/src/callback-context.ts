/**
 * CallbackContext: the async context in which a callback was registered, kept for when it runs.
 *
 * A user's `AsyncLocalStorage` (a request id, OpenTelemetry) is in force in the callback as it was for the caller that scheduled it,
 * not as it is for whoever completed the future. The current task is not part of that: inside a callback there is none.
 *
 * An `AsyncResource` takes 40 ns to make on Node 26, `AsyncLocalStorage.snapshot()` twice to ten times as much.
 */
import { AsyncResource } from "node:async_hooks";

import { awaiterStorage } from "./awaiter.ts";
import type { Awaiter } from "./ports.ts";

export class CallbackContext extends AsyncResource {
  constructor() {
    super("AsyncCallback");
  }

  /**
   * Calls the function in this context, with `bystander` as the one who awaits, and restores the context of the caller. What the callback
   * throws, also later if it is async, goes to `report`.
   */
  call<A extends unknown[]>(
    bystander: Awaiter | undefined,
    callback: (...args: A) => unknown,
    args: A,
    report: (error: unknown) => void,
  ): void {
    try {
      const outcome = this.runInAsyncScope(callAs<A>, undefined, bystander, callback, args);
      if (outcome instanceof Promise) outcome.catch(report);
    } catch (error) {
      report(error);
    }
  }
}

function callAs<A extends unknown[]>(
  bystander: Awaiter | undefined,
  callback: (...args: A) => unknown,
  args: A,
): unknown {
  // A callback that a callback scheduled finds the bystander in place already, and spares a new context frame (130 ns).
  if (awaiterStorage.getStore() !== bystander) awaiterStorage.enterWith(bystander!);
  return callback(...args);
}
