/**
 * CancelSignal: the AbortSignal of a task or scope, for work that only a signal can stop (`fetch`, `fs`, a stream).
 *
 * Its reason is a CancelledError. Whoever reads that reason once it is aborted rejects with it, so the cancellation has been delivered: it
 * must not be thrown a second time at the next await, which may be the clean-up's. Code that ignores the signal never reads it, and gets the
 * cancellation at its next await.
 *
 * An AbortController takes 3 us to make: this is made when the signal is first asked for.
 */
import type { CancelledError } from "@async/futures";
import { cancelledWithoutStack } from "@async/futures/port";

export class CancelSignal {
  readonly #controller = new AbortController();

  constructor(onDelivered: () => void) {
    Object.defineProperty(this.#controller.signal, "reason", {
      get: () => {
        if (this.#error === null) return undefined;
        onDelivered();
        return this.#error;
      },
    });
  }

  #error: CancelledError | null = null;

  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  abort(reason: unknown): void {
    if (this.#error !== null) return;
    this.#error = cancelledWithoutStack(reason);
    this.#controller.abort(this.#error);
  }
}
