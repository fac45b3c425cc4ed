/**
 * Runner: runs the calls that a worker is given, one at a time, in the order in which they were sent.
 *
 *     messages ──► inbox ──► claim the slot ──► call the function ──► (await its promise) ──► outbox
 *                                └ taken back meanwhile: skipped
 *
 * An async function has the worker to itself until its promise has settled; messages are read while it waits. Between synchronous calls nothing
 * is read, so that a batch runs at full speed, except that the host gets a turn every few milliseconds.
 */
import {
  CALL,
  CALLS,
  CANCEL,
  CHUNK,
  type CallSlots,
  DEFINE,
  type EncodedThrow,
  PROGRESS,
  SKIP,
  STARTED,
  STOP,
  TAKE,
  TAKEN,
  type ToWorker,
  UNREADABLE,
  canShareMessage,
  decodeThrow,
  encodeThrow,
  unpack,
} from "../wire/index.ts";
import { afterIo, hostNow } from "../host.ts";
import type { Channel } from "./channel.ts";
import { CallScope, areScopesWanted, callInScope, setRunningScope } from "./call-scope.ts";
import { type FunctionEntry, FunctionTable, type WorkerFunction } from "./function-table.ts";
import type { Outbox } from "./outbox.ts";

/** How the runner ends its worker. */
export interface Ending {
  /** It was told to. */
  readonly stop: () => void;
  /** Something of ours has failed: calls would have no end, so the worker has to have one. */
  readonly crash: (error: unknown) => void;
}

type Work = Extract<
  ToWorker,
  readonly [typeof CALLS | typeof CALL | typeof CHUNK | typeof SKIP, ...unknown[]]
>;

type Single = Exclude<Work, readonly [typeof CALLS | typeof SKIP, ...unknown[]]>;

/** Milliseconds of synchronous calls after which timers and sockets of the worker's own get a turn. */
const TURN_EVERY = 5;

export class Runner {
  readonly #functions = new FunctionTable();
  readonly #slots: CallSlots;
  readonly #outbox: Outbox;
  readonly #channel: Channel;
  readonly #ending: Ending;
  #inbox: Work[] = [];
  #isRunning = false;
  #scope: CallScope | null = null;
  /** The number of the call that should come next. */
  #expected = 0;
  /** When the last call ended, or this run began. */
  #lastEnd = 0;
  #lastTurn = 0;

  constructor(slots: CallSlots, outbox: Outbox, channel: Channel, ending: Ending) {
    this.#slots = slots;
    this.#outbox = outbox;
    this.#channel = channel;
    this.#ending = ending;
  }

  /** A call runs, or waits for something. */
  get isRunning(): boolean {
    return this.#isRunning;
  }

  receive(message: ToWorker): void {
    switch (message[0]) {
      case DEFINE:
        this.#functions.define(message[1], message[2]);
        break;
      case CALLS:
      case CALL:
      case CHUNK:
      case SKIP:
        this.#expected = message[1] + (message[0] === CALLS ? message[3] : 1);
        this.#inbox.push(message);
        if (!this.#isRunning) void this.#run();
        break;
      case CANCEL:
        this.#cancel(message[1], message[2], message[3]);
        break;
      case TAKE:
        this.#channel.post([TAKEN, message[1].filter((seq) => this.#slots.take(seq))]);
        break;
      case STOP:
        this.#ending.stop();
        break;
    }
  }

  /** A message came that could not be read. Only a call with a message to itself can be such, so it was one call. */
  receiveUnreadable(): void {
    this.#channel.post([UNREADABLE, this.#expected]);
    this.#expected += 1;
  }

  #cancel(seq: number, why: "cancel" | "timeout" | "close", reason: EncodedThrow | null): void {
    if (this.#slots.take(seq)) this.#channel.post([TAKEN, [seq]]);
    else {
      this.#slots.markUnwanted(seq);
      if (why !== "close" && this.#scope?.seq === seq)
        this.#scope.abort({ why, reason: reason === null ? undefined : decodeThrow(reason, null) });
    }
  }

  async #run(): Promise<void> {
    this.#isRunning = true;
    this.#lastEnd = this.#lastTurn = hostNow();
    let position = 0;
    let isTold = true;
    try {
      while (this.#inbox.length > 0) {
        const inbox = this.#inbox;
        this.#inbox = [];
        for (const [index, message] of inbox.entries()) {
          const last = index === inbox.length - 1;
          const seq = message[1];
          if (message[0] === CALLS) {
            const [, , fn, count, args, ids] = message;
            const entry = this.#functions.get(fn);
            const arity = args.length / count;
            for (let i = 0; i < count; i++) {
              isTold = this.#slots.claim(seq + i);
              if (!isTold) continue;
              const id = typeof ids === "number" ? ids + i : ids[i]!;
              const ending = this.#call(entry, seq + i, id, args, i * arity, arity, last && i === count - 1);
              if (ending !== undefined) await ending;
            }
            position = seq + count;
          } else {
            position = seq + 1;
            isTold = message[0] !== SKIP && this.#slots.claim(seq);
            if (isTold) await this.#runOne(message as Single, last);
          }
          // Held no longer than needed: an argument may be big.
          inbox[index] = undefined as never;
        }
      }
      this.#isRunning = false;
      if (!isTold) this.#outbox.rest(position);
    } catch (error) {
      // What user code throws does not come here. What does is ours, or what user code has made of the host.
      this.#ending.crash(error);
    }
  }

  async #runOne(message: Single, last: boolean): Promise<void> {
    const [, seq, fn, packed, id, flag] = message;
    const entry = this.#functions.get(fn);
    let args: readonly unknown[];
    try {
      args = unpack(packed);
    } catch (cause) {
      const name = "DataCloneError";
      this.#outbox.threw(seq, new DOMException("The arguments could not be read", { name, cause }));
      if (last) this.#outbox.rest(seq + 1);
      return;
    }
    if (message[0] === CHUNK) {
      if (message[6]) this.#channel.post([STARTED, seq]);
      return this.#runChunk(entry, seq, id, args, flag);
    }
    if (flag) this.#channel.post([STARTED, seq]);
    const ending = this.#call(entry, seq, id, args, 0, args.length, last);
    if (ending !== undefined) await ending;
  }

  /** Runs one call; returns a promise if it is not over at once. Its arguments stand in `args` from `offset` on. */
  #call(
    entry: FunctionEntry,
    seq: number,
    id: number,
    args: readonly unknown[],
    offset: number,
    arity: number,
    last: boolean,
  ): Promise<void> | undefined {
    this.#outbox.beforeCall(seq, entry);
    const scope = this.#open(id, seq);
    if (entry.fn === null) return this.#loadAndCall(entry, scope, args.slice(offset, offset + arity), last);
    return this.#invoke(entry, entry.fn, scope, args, offset, arity, last);
  }

  #invoke(
    entry: FunctionEntry,
    fn: WorkerFunction,
    scope: CallScope,
    args: readonly unknown[],
    offset: number,
    arity: number,
    last: boolean,
  ): Promise<void> | undefined {
    const { seq } = scope;
    setRunningScope(scope);
    let value: unknown;
    try {
      value = areScopesWanted()
        ? callInScope(scope, () => apply(fn, args, offset, arity))
        : apply(fn, args, offset, arity);
      if (isThenable(value)) return this.#settle(value, entry, scope, last);
    } catch (error) {
      this.#close(scope);
      this.#note(entry);
      this.#outbox.threw(seq, error);
      if (last) this.#outbox.rest(seq + 1);
      return undefined;
    }
    this.#close(scope);
    const now = this.#note(entry);
    this.#outbox.returned(seq, value, entry, now, last && this.#inbox.length === 0);
    return now - this.#lastTurn < TURN_EVERY ? undefined : this.#giveTurn();
  }

  async #loadAndCall(
    entry: FunctionEntry,
    scope: CallScope,
    args: readonly unknown[],
    last: boolean,
  ): Promise<void> {
    let fn: WorkerFunction;
    try {
      fn = await entry.load();
    } catch (error) {
      this.#close(scope);
      this.#outbox.threw(scope.seq, error);
      if (last) this.#outbox.rest(scope.seq + 1);
      return;
    }
    this.#lastEnd = hostNow(); // Importing is no part of a call's pace.
    const ending = this.#invoke(entry, fn, scope, args, 0, args.length, last);
    if (ending !== undefined) await ending;
  }

  async #settle(
    promise: PromiseLike<unknown>,
    entry: FunctionEntry,
    scope: CallScope,
    last: boolean,
  ): Promise<void> {
    let value: unknown;
    try {
      value = await promise;
    } catch (error) {
      this.#close(scope);
      this.#note(entry);
      this.#outbox.threw(scope.seq, error);
      if (last) this.#outbox.rest(scope.seq + 1);
      return;
    }
    this.#close(scope);
    this.#outbox.returned(scope.seq, value, entry, this.#note(entry), last && this.#inbox.length === 0);
  }

  async #runChunk(
    entry: FunctionEntry,
    seq: number,
    id: number,
    items: readonly unknown[],
    areTuples: boolean,
  ): Promise<void> {
    this.#outbox.beforeCall(seq, entry);
    const values: unknown[] = [];
    const scope = this.#open(id, seq);
    let failure: EncodedThrow | null = null;
    try {
      const fn = entry.fn ?? (await entry.load());
      this.#lastEnd = hostNow();
      setRunningScope(scope);
      for (const item of items) {
        if (this.#slots.isUnwanted(seq)) break;
        const args = areTuples ? (item as readonly unknown[]) : null;
        const result: unknown = areScopesWanted()
          ? callInScope(scope, () => (args === null ? fn(item) : fn(...args)))
          : args === null
            ? fn(item)
            : fn(...args);
        values.push(this.#keep(isThenable(result) ? await result : result));
      }
    } catch (error) {
      failure = encodeThrow(error, this.#channel.packing);
    }
    this.#close(scope);
    this.#noteChunk(entry, Math.max(values.length, 1));
    this.#outbox.chunkEnded(seq, values, failure, entry);
    this.#outbox.rest(seq + 1);
  }

  /** An object as it is now: the function may return the same one for the next item, changed. @throws DataCloneError */
  #keep(value: unknown): unknown {
    return canShareMessage(value) ? value : this.#channel.packing.copy(value);
  }

  /** From now on the call can be aborted. Its code, which is yet to be imported perhaps, is told of it by `setRunningScope`. */
  #open(id: number, seq: number): CallScope {
    const scope = new CallScope(id, seq, this.#sendProgress);
    this.#scope = scope;
    return scope;
  }

  #close(scope: CallScope): void {
    scope.ended = true;
    this.#scope = null;
    setRunningScope(null);
  }

  /** A call has ended: notes how long it took, and returns the time. */
  #note(entry: FunctionEntry): number {
    const now = hostNow();
    entry.notePace(now - this.#lastEnd);
    this.#lastEnd = now;
    return now;
  }

  #noteChunk(entry: FunctionEntry, items: number): void {
    const now = hostNow();
    entry.notePace((now - this.#lastEnd) / items);
    this.#lastEnd = now;
  }

  async #giveTurn(): Promise<void> {
    await afterIo();
    this.#lastTurn = this.#lastEnd = hostNow();
  }

  readonly #sendProgress = (seq: number, value: unknown): void => {
    this.#channel.post([PROGRESS, seq, this.#channel.packing.packReadable([value])]);
  };
}

function apply(fn: WorkerFunction, args: readonly unknown[], offset: number, arity: number): unknown {
  switch (arity) {
    case 0:
      return fn();
    case 1:
      return fn(args[offset]);
    case 2:
      return fn(args[offset], args[offset + 1]);
    default:
      return fn(...args.slice(offset, offset + arity));
  }
}

/** As that of `@async/futures`, whose import every worker is spared. */
function isThenable(value: unknown): value is PromiseLike<unknown> {
  return (
    (typeof value === "object" || typeof value === "function") &&
    value !== null &&
    typeof (value as { then?: unknown }).then === "function"
  );
}
