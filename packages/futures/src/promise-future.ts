/**
 * PromiseFuture: follows a native promise until it is cancelled. What becomes of the promise after that counts as handled.
 *
 * A promise cannot be asked to forget a listener. So that waiting for a long-lived one again and again, each time with a timeout, does not pile
 * them up on it, the listener of a cancelled future serves the next one that follows the same promise.
 */
import { Future } from "./future.ts";
import type { Scheduler } from "./ports.ts";

let settle: (future: PromiseFuture<unknown>, isFulfilled: boolean, outcome: unknown) => void;

export class PromiseFuture<T> extends Future<T> {
  readonly #listener: Listener;

  static {
    settle = (future, isFulfilled, outcome) => {
      if (future.done()) return;
      if (isFulfilled) future.finish(outcome);
      else future.fail(outcome);
    };
  }

  constructor(promise: PromiseLike<T>, scheduler: Scheduler) {
    super({ scheduler });
    this.#listener = takeIdle(promise) ?? new Listener(promise);
    this.#listener.serve(this);
  }

  override cancel(reason?: unknown): boolean {
    const taken = super.cancel(reason);
    if (taken) this.#listener.rest();
    return taken;
  }
}

/** The listeners that rest, by promise: the last one, which refers to those before it. */
const idle = new WeakMap<PromiseLike<unknown>, Listener>();

/** Listens to a promise, for one future at a time. */
class Listener {
  /** Another one that rests. */
  next: Listener | null = null;
  readonly #promise: PromiseLike<unknown>;
  #future: PromiseFuture<unknown> | null = null;
  #isListening = false;

  constructor(promise: PromiseLike<unknown>) {
    this.#promise = promise;
  }

  serve(future: PromiseFuture<unknown>): void {
    this.#future = future;
    if (this.#isListening) return;
    this.#isListening = true;
    try {
      this.#promise.then(
        (value) => {
          this.#settled(true, value);
        },
        (error: unknown) => {
          this.#settled(false, error);
        },
      );
    } catch (error) {
      this.#settled(false, error); // A thenable whose then throws, as Promise.resolve takes it.
    }
  }

  rest(): void {
    this.#future = null;
    // Another kind of thenable may begin its work anew for each that listens.
    if (!(this.#promise instanceof Promise)) return;
    this.next = idle.get(this.#promise) ?? null;
    idle.set(this.#promise, this);
  }

  #settled(isFulfilled: boolean, outcome: unknown): void {
    if (this.#future === null) idle.delete(this.#promise);
    else settle(this.#future, isFulfilled, outcome);
  }
}

function takeIdle(promise: PromiseLike<unknown>): Listener | null {
  const listener = idle.get(promise);
  if (listener === undefined) return null;
  if (listener.next === null) idle.delete(promise);
  else idle.set(promise, listener.next);
  listener.next = null;
  return listener;
}
