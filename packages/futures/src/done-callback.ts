/**
 * What watches a future beside awaits: the callbacks of users, and the listeners of our own combinators.
 *
 * Both are jobs that wait in the future's list and then in its scheduler's queue. A user's callback brings its async context along and may
 * throw; a listener does neither, and wakes code only by completing another future.
 */
import { CallbackContext } from "./callback-context.ts";
import type { FutureLike } from "./future-like.ts";
import type { Job, Scheduler } from "./ports.ts";
import { reportException } from "./schedule.ts";

type Callback = (future: never) => unknown;

export class DoneCallback implements Job {
  next: Job | null = null;
  readonly callback: Callback;
  readonly onBehalfOf = null;
  readonly #future: FutureLike;
  readonly #scheduler: Scheduler | null;
  readonly #context = new CallbackContext();

  constructor(future: FutureLike, scheduler: Scheduler | null, callback: Callback) {
    this.#future = future;
    this.#scheduler = scheduler;
    this.callback = callback;
  }

  run(): boolean {
    this.#context.call(this.#scheduler?.bystander, this.callback, [this.#future as never], (error) => {
      this.#report(error);
    });
    return true;
  }

  describe(): string {
    return `${this.callback.name || "anonymous"}()`;
  }

  #report(exception: unknown): void {
    const future = this.#future;
    reportException(this.#scheduler, {
      message: `Exception in callback ${this.describe()} of ${future.toString()}`,
      exception,
      future,
    });
  }
}

export class Listener implements Job {
  next: Job | null = null;
  readonly callback: Callback;
  /** The future or task that waits through this listener. */
  readonly onBehalfOf: object | null;
  readonly #future: FutureLike;

  constructor(future: FutureLike, callback: Callback, onBehalfOf: object | null) {
    this.#future = future;
    this.callback = callback;
    this.onBehalfOf = onBehalfOf;
  }

  run(): boolean {
    // Most wake code only by completing another future; one that does so at once, by an abort signal, says true.
    return this.callback(this.#future as never) === true;
  }

  describe(): string {
    return `${this.callback.name || "anonymous"}()`;
  }
}
