/**
 * Backend: what an executor needs of its kind of workers: start one, post a message to it, hear its messages and its death, end it.
 *
 * Everything else (the queue, batches, cancellation, crashes) is written once, above this interface.
 */
import type { Transferable } from "node:worker_threads";

import type { Death } from "./errors.ts";
import type { CallSlots, FromWorker, FunctionAddress, Packed, Packing, ToWorker } from "./wire/index.ts";

/** How a worker is to be. */
export interface WorkerSetup {
  readonly name: string;
  readonly initializer: { readonly address: FunctionAddress; readonly args: Packed } | null;
}

/** What a worker does, as its backend tells. `died` comes once and last; before it, every message that the worker had sent. */
export interface WorkerEvents {
  message(message: FromWorker): void;
  /** A message came that could not be read. */
  unreadable(): void;
  died(death: Death): void;
}

/** A worker that was started. */
export interface WorkerLink {
  /** The id of the thread or process. */
  readonly id: number;
  /** The memory shared with the worker; null if there can be none. */
  readonly slots: CallSlots | null;
  readonly packing: Packing;
  /** @throws DataCloneError, and then nothing was sent. */
  post(message: ToWorker, transfer: readonly Transferable[]): void;
  /** Has told, as messages, what the worker has noted and not sent yet; for one without shared memory, which is silent. */
  look(): void;
  /** Whether the worker keeps the program alive. */
  ref(): void;
  unref(): void;
  /** Ends the worker whatever it does; `politely` lets a process clean up if it can. */
  kill(politely: boolean): void;
}

export interface Backend {
  readonly kind: "thread" | "process";
  /**
   * Copies arguments as they are now, for a call that cannot be sent at once. The copy goes into a message in their place.
   *
   * @throws DataCloneError
   */
  snapshot(args: readonly unknown[]): Packed;
  /** @throws what the host says to options that it does not take. */
  start(setup: WorkerSetup, events: WorkerEvents): WorkerLink;
}
