/**
 * UnownedCancellations: while a program runs, a cancelled async function whose promise nobody holds does not end the process.
 *
 * Cancelling a task reaches the awaits of everything that it started, such as the async handler of a server that it made. Node ignores that
 * handler's promise, and would end the process because its CancelledError is unhandled: in the middle of the clean-up, and although the
 * cancellation was asked for. Any other unhandled rejection ends the process as ever.
 */
import { isCancelled } from "@async/futures";

import { SharedListener } from "./shared-listener.ts";

const rejections = new SharedListener<[reason: unknown]>("unhandledRejection");

export class UnownedCancellations {
  constructor() {
    rejections.add(this.#onRejection);
  }

  restore(): void {
    rejections.delete(this.#onRejection);
  }

  readonly #onRejection = (reason: unknown): void => {
    if (isCancelled(reason) || rejections.hasCompany()) return;
    // Node's own way with an unhandled rejection when nobody listens.
    throw reason;
  };
}
