/**
 * Call: one function with its arguments, on its way to a worker and back.
 *
 *     queued ──give──► at a worker ──► ended (succeed | fail)          withdrawn: ended at once, whatever the worker does
 *        └────◄──take back────┘
 *
 * It ends exactly once; what comes later is dropped. A call that had not started when its worker died goes back to the queue.
 */
import type { Transferable } from "node:worker_threads";

import { TimeoutError } from "@async/futures";

import { type CallOptions, CallWatch, type Watched } from "./call-watch.ts";
import { type CallControl, PoolFuture, settle } from "./pool-future.ts";
import type { Packed, FunctionReference } from "./wire/index.ts";

/** Why a call is no longer wanted. A closed one may run to its end, the others may not. */
export type Withdrawal = "cancel" | "timeout" | "close";

/** How a call ends, for those who count. */
export type CallEnd = "completed" | "failed" | "cancelled";

/** Where a call is while a worker has it. */
export interface Place {
  isRunning(call: Call): boolean;
  withdraw(call: Call, why: Withdrawal, reason: unknown): void;
}

/** Who counts calls. */
export interface CallOwner {
  /** The call has ended, perhaps while it stood in the queue. */
  callEnded(call: Call, how: CallEnd): void;
  /** User code that nobody waits for has thrown. */
  report(error: unknown): void;
}

const SINGLE = 1;
const NOTHING: readonly Transferable[] = [];

export abstract class Call implements Watched {
  readonly id: number;
  readonly fn: FunctionReference;
  /** The arguments, or the items of a chunk. Null once the call has ended, or has taken them to a worker for good: it cannot be sent again. */
  args: Packed | null;
  /** The worker that has it. */
  place: Place | null = null;
  /** Its number at that worker. */
  seq = -1;
  /** Milliseconds that it was expected to take when it was sent. */
  cost = 0;
  /** The worker has said that it has started. Of a thread we know it anyway. */
  startSeen = false;
  hasEnded = false;
  /** It stands in the queue. */
  isQueued = false;
  readonly #owner: CallOwner;
  readonly #watch: CallWatch | null;

  constructor(
    id: number,
    fn: FunctionReference,
    args: Packed,
    owner: CallOwner,
    options: CallOptions | null,
  ) {
    this.id = id;
    this.fn = fn;
    this.args = args;
    this.#owner = owner;
    this.#watch = options === null ? null : new CallWatch(this, options);
  }

  /** How often the function is called. */
  get size(): number {
    return SINGLE;
  }

  hasStarted(): boolean {
    return this.place?.isRunning(this) === true;
  }

  /** Whether the worker has to tell of its start; then it has a message to itself. */
  get isWatched(): boolean {
    return this.#watch !== null;
  }

  get transfer(): readonly Transferable[] {
    return this.#watch?.transfer ?? NOTHING;
  }

  /** The worker has started it. */
  started(): void {
    this.startSeen = true;
    if (!this.hasEnded) this.#watch?.started();
  }

  progress(value: unknown): void {
    if (!this.hasEnded) this.#watch?.progress(value);
  }

  abstract succeed(value: unknown): void;
  abstract fail(error: unknown): void;
  /** It has not started, and will not: the executor takes leave. */
  abstract drop(): void;
  abstract aborted(reason: unknown): void;

  timeUp(timeout: number): void {
    if (this.hasEnded) return;
    this.fail(new TimeoutError(`${this.toString()} took longer than ${timeout} ms`));
    this.place?.withdraw(this, "timeout", undefined);
  }

  progressFailed(error: unknown): void {
    this.#owner.report(error);
  }

  /** For messages: `call 17, fib of file:///...`. */
  toString(): string {
    return `call ${this.id}, ${this.fn.toString()}`;
  }

  /** To be called by whoever ends it, once. */
  protected end(how: CallEnd): void {
    this.hasEnded = true;
    this.args = null;
    this.#watch?.end();
    this.#owner.callEnded(this, how);
  }
}

/** A call that was submitted by itself. */
export class FutureCall extends Call implements CallControl {
  readonly future: PoolFuture = new PoolFuture(this);

  succeed(value: unknown): void {
    if (this.hasEnded) return;
    this.end("completed");
    settle(this.future, "finished", value);
  }

  fail(error: unknown): void {
    if (this.hasEnded) return;
    this.end("failed");
    settle(this.future, "failed", error);
  }

  drop(): void {
    this.future.cancel();
  }

  aborted(reason: unknown): void {
    this.future.cancel(reason);
  }

  /** Its future was cancelled. */
  withdraw(reason: unknown): void {
    if (this.hasEnded) return;
    this.end("cancelled");
    this.place?.withdraw(this, "cancel", reason);
  }
}
