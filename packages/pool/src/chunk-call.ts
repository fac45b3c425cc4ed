/**
 * ChunkCall: a piece of a map, as one call. It has no future; its values wait here until the iterator comes to them.
 */
import { CancelledError } from "@async/futures";

import { Call, type CallOwner, type Withdrawal } from "./call.ts";
import type { CallOptions } from "./call-watch.ts";
import { type FunctionReference, type Packing, copySendable } from "./wire/index.ts";

/** What a worker reports of a chunk: the values up to the item that threw, if one did. */
interface ChunkReport {
  readonly values: readonly unknown[];
  readonly error: { readonly thrown: unknown } | null;
}

export class ChunkCall extends Call {
  readonly #size: number;
  readonly itemsAreTuples: boolean;
  /** The values of the items, as far as they are there. */
  values: readonly unknown[] = [];
  /** What comes after the values, if not the next chunk. */
  failure: { readonly thrown: unknown } | null = null;
  #onEnd: () => void;

  constructor(
    id: number,
    fn: FunctionReference,
    items: readonly unknown[],
    areTuples: boolean,
    owner: CallOwner,
    options: CallOptions | null,
    onEnd: () => void,
  ) {
    super(id, fn, items, owner, options);
    this.#size = items.length;
    this.itemsAreTuples = areTuples;
    this.#onEnd = onEnd;
  }

  override get size(): number {
    return this.#size;
  }

  /** Sends the items; those from the first on that cannot be sent are left out, and the chunk fails at that place. */
  sendItems(send: (items: readonly unknown[]) => void, copy: Packing["copy"]): void {
    try {
      send(this.args as readonly unknown[]);
    } catch (error) {
      const { copies, refused } = copySendable(this.args as readonly unknown[], copy);
      if (copies.length === 0) throw error;
      send(copies);
      this.args = copies;
      this.failure = refused;
    }
  }

  succeed(report: unknown): void {
    if (this.hasEnded) return;
    const { values, error } = report as ChunkReport;
    this.values = values;
    this.failure = error ?? this.failure;
    this.#finish(this.failure === null ? "completed" : "failed");
  }

  fail(error: unknown): void {
    if (this.hasEnded) return;
    this.failure = { thrown: error };
    this.#finish("failed");
  }

  drop(): void {
    this.fail(new CancelledError());
  }

  aborted(reason: unknown): void {
    if (this.hasEnded) return;
    this.fail(new CancelledError(reason));
    this.place?.withdraw(this, "cancel", reason);
  }

  /** The iteration has ended before it came to this chunk. */
  withdraw(why: Withdrawal, reason: unknown): void {
    if (this.hasEnded) return;
    this.#onEnd = () => undefined;
    this.end("cancelled");
    this.place?.withdraw(this, why, reason);
  }

  #finish(how: "completed" | "failed"): void {
    this.end(how);
    this.#onEnd();
  }
}
