/**
 * CancelSignal: the AbortSignal of a task or scope, for work that only a signal can stop (`fetch`, `fs`, a stream).
 *
 * Its reason is a CancelledError. Whoever reads that reason once it is aborted rejects with it, so the cancellation has been delivered: it
 * must not be thrown a second time at the next await, which may be the clean-up's. Code that ignores the signal never reads it, and gets the
 * cancellation at its next await.
 *
 * An AbortController takes 3 us to make: this is made when the signal is first asked for.
 */
import { type CancelledError, isCancelled } from "@async/futures";
import { cancelledWithoutStack } from "@async/futures/port";

export class CancelSignal {
  readonly #controller = new AbortController();
  #error: CancelledError | null = null;

  /** @param onDelivered - called when somebody has taken the cancellation from the signal */
  constructor(onDelivered: () => void) {
    const read = (): CancelledError | undefined => {
      if (this.#error === null) return undefined;
      onDelivered();
      return this.#error;
    };
    Object.defineProperties(this.#controller.signal, {
      reason: { get: read },
      throwIfAborted: {
        value(): void {
          const error = read();
          if (error !== undefined) throw error;
        },
      },
    });
  }

  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  abort(reason: unknown): void {
    if (this.#error !== null) return;
    this.#error = cancelledWithoutStack(reason);
    this.#controller.abort(this.#error);
  }
}

/** The cancellation in what a body threw: the error itself, or the reason of the signal that aborted a `fetch`. Null if it is none. */
export function cancellationIn(error: unknown): CancelledError | null {
  if (isCancelled(error)) return error;
  try {
    if (!(error instanceof Error) || error.name !== "AbortError") return null;
    return isCancelled(error.cause) ? error.cause : null;
  } catch {
    return null; // Getters and proxies of the program's own may throw.
  }
}
