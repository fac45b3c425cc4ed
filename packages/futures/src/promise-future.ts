/**
 * PromiseFuture: follows a native promise until it is cancelled. What becomes of the promise after that counts as handled.
 */
import { Future } from "./future.ts";
import type { Scheduler } from "./ports.ts";

export class PromiseFuture<T> extends Future<T> {
  constructor(promise: PromiseLike<T>, scheduler: Scheduler) {
    super({ scheduler });
    try {
      promise.then(
        (value) => {
          if (!this.done()) this.finish(value);
        },
        (error: unknown) => {
          if (!this.done()) this.fail(error);
        },
      );
    } catch (error) {
      if (!this.done()) this.fail(error); // A thenable whose then throws, as Promise.resolve takes it.
    }
  }
}
