/**
 * CallWatch: the options of one call at work: its timeout, its signal, its progress. A call without options has none.
 */
import type { Transferable } from "node:worker_threads";

import { CallbackContext } from "@async/futures/port";

import { type HostTimer, afterDelay, clearTimeout, hostNow } from "./host.ts";

export interface CallOptions {
  /** Milliseconds from the start of the call on its worker; then its future fails with a TimeoutError and the call is stopped as by `cancel`. */
  readonly timeout?: number | null | undefined;
  /** Cancels the call when it aborts, with the signal's reason. */
  readonly signal?: AbortSignal | undefined;
  /** Objects among the arguments that are moved to the thread instead of being copied. */
  readonly transfer?: readonly Transferable[] | undefined;
  /** Gets what the call reports by `currentCall().progress(value)`, in the async context of the submitter. */
  readonly onProgress?: ((value: never) => void) | undefined;
}

/** What a watch does to its call. */
export interface Watched {
  /** @param timeout - milliseconds that the call has taken */
  timeUp(timeout: number): void;
  aborted(reason: unknown): void;
  /** `onProgress` has thrown. */
  progressFailed(error: unknown): void;
}

export class CallWatch {
  readonly transfer: readonly Transferable[];
  readonly #call: Watched;
  readonly #timeout: number;
  readonly #signal: AbortSignal | undefined;
  readonly #onProgress: CallOptions["onProgress"];
  readonly #context: CallbackContext | null;
  #timer: HostTimer | undefined;
  #startedAt: number | null = null;

  constructor(call: Watched, { onProgress, signal, timeout, transfer = [] }: CallOptions) {
    this.transfer = transfer;
    this.#call = call;
    this.#timeout = timeout ?? Infinity;
    this.#signal = signal;
    this.#onProgress = onProgress;
    this.#context = onProgress === undefined ? null : new CallbackContext();
    signal?.addEventListener("abort", this.#onAbort);
  }

  /** The worker has started the call. */
  started(): void {
    if (this.#startedAt !== null) return;
    this.#startedAt = hostNow();
    this.#setTimer(this.#timeout);
  }

  progress(value: unknown): void {
    this.#context?.call(undefined, this.#onProgress as (value: unknown) => void, [value], (error) => {
      this.#call.progressFailed(error);
    });
  }

  /** The call has ended. */
  end(): void {
    clearTimeout(this.#timer);
    this.#signal?.removeEventListener("abort", this.#onAbort);
  }

  #setTimer(delay: number): void {
    this.#timer = afterDelay(delay, () => {
      const left = this.#timeout - (hostNow() - this.#startedAt!);
      // The host wakes a little early.
      if (left > 0) this.#setTimer(left);
      else this.#call.timeUp(this.#timeout);
    });
  }

  readonly #onAbort = (): void => {
    this.#call.aborted(this.#signal?.reason);
  };
}
