/**
 * PoolFuture: the future of a call that runs elsewhere. It can be cancelled until it has settled, and is cancelled at once.
 *
 *     cancel() ──► cancelled, now ──► the call: taken back, or its signal aborts ──► grace period ──► its worker is ended
 *
 * Python's `concurrent.futures.Future` cannot be cancelled once it runs.
 */
import { Future } from "@async/futures";

/** The call behind a future. */
export interface CallControl {
  /** Whether a worker has started it. */
  hasStarted(): boolean;
  /** Nobody wants its result any more. */
  withdraw(reason: unknown): void;
}

/** Ends a future that has not ended yet. A late outcome is dropped. Set up by `PoolFuture`. */
export let settle: (future: PoolFuture, state: "finished" | "failed", outcome: unknown) => void;

export class PoolFuture<T = unknown> extends Future<T> {
  readonly #call: CallControl;

  static {
    settle = (future, state, outcome) => {
      if (future.done()) return;
      if (state === "finished") future.finish(outcome);
      else future.fail(outcome);
    };
  }

  /** Made by `submit`. */
  constructor(call: CallControl) {
    super();
    this.#call = call;
  }

  /** Returns true once a worker has started the call, until it has settled. */
  override running(): boolean {
    if (!this.done() && !super.running() && this.#call.hasStarted()) this.setRunningOrNotifyCancel();
    return super.running();
  }

  /**
   * Cancels the future, whether the call has started or not; false if it has settled already. A call that runs sees its signal abort, and is ended
   * with its worker if it goes on.
   *
   * @param reason - any value; seen as `CancelledError#reason` by those who await it, and in the worker if it can be sent
   */
  override cancel(reason?: unknown): boolean {
    if (this.done()) return super.cancel(reason);
    this.endCancelled(reason);
    this.#call.withdraw(reason);
    return true;
  }

  protected override describeState(): string[] {
    this.running();
    return super.describeState();
  }
}
