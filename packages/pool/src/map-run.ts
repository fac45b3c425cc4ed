/**
 * MapRun: one `map` or `starmap`, from its input to its results.
 *
 *     input ──read──► #items ──cut──► chunks at workers ──► #chunks, in the order of the input ──► next()
 *             └ at most bufferSize items between reading and handing out ┘
 *
 * No item has a future or a message of its own. The size of a chunk follows from how long the function takes: about a millisecond. An error comes
 * out at its place, after the results before it, and ends the iteration. When the iteration ends early, what has not started does not start.
 *
 * Python: `Executor.map`. Source: Lib/concurrent/futures/_base.py, Lib/concurrent/futures/process.py.
 */
import { CancelledError, Future, type MapOptions, TimeoutError } from "@async/futures";

import type { CallOwner } from "./call.ts";
import type { CallOptions } from "./call-watch.ts";
import type { CallSource } from "./call-queue.ts";
import { ChunkCall } from "./chunk-call.ts";
import { ChunkLine } from "./chunk-line.ts";
import { type HostTimer, afterDelay, clearTimeout } from "./host.ts";
import { type Input, openInput } from "./map-input.ts";
import type { FunctionReference } from "./wire/index.ts";

/** What a map needs of its executor. */
export interface MapHost extends CallOwner {
  nextId(): number;
  /** How many more items may be taken in. */
  room(): number;
  /** Calls back once there is room. */
  whenRoom(callback: () => void): void;
  /** Counts items that were taken in, or have ended. */
  addPending(items: number): void;
  /** Why nothing can be taken in any more, null if it can. */
  refusal(): Error | null;
  addSource(source: CallSource): void;
}

/** Milliseconds that a chunk takes. */
const CHUNK = 1;
/** Items in a chunk at most: more would be copied for too long at a time. */
const MOST = 16_384;
/** Without `bufferSize` so many items are read ahead of an async input. */
const READ_AHEAD = 1024;

export class MapRun<R> implements CallSource, AsyncIterableIterator<R, undefined> {
  readonly fn: FunctionReference;
  readonly #host: MapHost;
  readonly #areTuples: boolean;
  readonly #input: Input;
  readonly #chunkSize: number | undefined;
  readonly #bufferSize: number;
  /** Of each call; then an item is a call. */
  readonly #callOptions: CallOptions | null;
  readonly #signal: AbortSignal | undefined;
  #timer: HostTimer | undefined;
  /** Read and not yet given to a worker, from `#head` on. */
  #items: unknown[] = [];
  #head = 0;
  /** Read and not yet handed out. */
  #inside = 0;
  #waitsForRoom = false;
  /** Cut and not yet handed out. */
  readonly #chunks = new ChunkLine();
  /** What ends the iteration once it comes to the end of `#chunks`. */
  #ending: { readonly thrown: unknown; readonly now: boolean } | null = null;
  #isOver = false;
  /** `map` has returned: what the input throws from now on comes out in its place. */
  #isOpen = false;
  /** Consumers that wait for their turn, and the one that waits for a chunk. */
  #turn: Promise<undefined> | null = null;
  #arrival: Future<undefined> | null = null;

  constructor(
    host: MapHost,
    fn: FunctionReference,
    input: Iterable<unknown> | AsyncIterable<unknown>,
    areTuples: boolean,
    { bufferSize, chunkSize, signal, timeout }: MapOptions,
    callOptions: CallOptions | null,
  ) {
    this.#host = host;
    this.fn = fn;
    this.#areTuples = areTuples;
    this.#input = openInput(input);
    this.#chunkSize = callOptions === null ? chunkSize : 1;
    this.#callOptions = callOptions;
    this.#bufferSize = bufferSize ?? (this.#input.isAsync ? READ_AHEAD : Infinity);
    this.#signal = signal;
    if (signal?.aborted === true) {
      this.#endWith(new CancelledError(signal.reason));
      return;
    }
    signal?.addEventListener("abort", this.#onAbort);
    if (timeout !== undefined && timeout !== Infinity)
      this.#timer = afterDelay(Math.max(timeout, 0), () => {
        this.#endWith(new TimeoutError(`map took longer than ${timeout} ms`));
      });
    this.#read();
    this.#isOpen = true;
  }

  get available(): number {
    const items = this.#items.length - this.#head;
    const isWhole = this.#chunkSize === undefined || items >= this.#chunkSize || this.#mayReadNoMore();
    return isWhole ? items : 0;
  }

  cut(share: number): ChunkCall {
    const left = this.#items.length - this.#head;
    const size = Math.min(this.#chunkSize ?? this.#chunkFor(share), left);
    const items = this.#items.slice(this.#head, this.#head + size);
    this.#head += size;
    if (this.#head === this.#items.length) {
      this.#items = [];
      this.#head = 0;
    }
    const id = this.#host.nextId();
    const chunk = new ChunkCall(
      id,
      this.fn,
      items,
      this.#areTuples,
      this.#host,
      this.#callOptions,
      this.#onArrival,
    );
    this.#chunks.push(chunk);
    return chunk;
  }

  dequeued(): void {
    this.#read();
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  next(): Promise<IteratorResult<R, undefined>> {
    if (this.#turn === null) {
      const step = this.#step();
      if (step !== null) return step;
    }
    return this.#wait();
  }

  /** Ends the iteration: what has not started will not start. */
  return(): Promise<IteratorResult<R, undefined>> {
    this.#close();
    return Promise.resolve({ done: true, value: undefined });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.return();
  }

  /** The executor is done: what has not been given to a worker fails with this. */
  abandon(error: unknown): void {
    this.#dropItems();
    this.#ending ??= { thrown: error, now: false };
    this.#onArrival();
  }

  #chunkFor(share: number): number {
    const { pace } = this.fn;
    if (pace === undefined) return 1;
    return Math.max(1, Math.min(Math.floor(CHUNK / pace), share, MOST));
  }

  /** Returns what comes next if it is here already, else null. */
  #step(): Promise<IteratorResult<R, undefined>> | null {
    switch (this.#chunks.head()) {
      case "value": {
        const value = this.#chunks.take() as R;
        this.#inside -= 1;
        if (!this.#input.isExhausted) this.#read();
        return Promise.resolve({ done: false, value });
      }
      case "failure": {
        const { thrown } = this.#chunks;
        this.#close();
        return Promise.reject(thrown);
      }
      case "waiting":
        return this.#ending?.now === true ? this.#end() : null;
      case "empty": {
        const isThrough = this.#inside === 0 && (this.#input.isExhausted || this.#ending !== null);
        return isThrough || this.#isOver || this.#ending?.now === true ? this.#end() : null;
      }
    }
  }

  #end(): Promise<IteratorResult<R, undefined>> {
    const ending = this.#ending;
    this.#ending = null;
    this.#close();
    return ending === null
      ? Promise.resolve({ done: true, value: undefined })
      : Promise.reject(ending.thrown);
  }

  /** Waits for its turn among consumers, and then for what comes next. */
  async #wait(): Promise<IteratorResult<R, undefined>> {
    const before = this.#turn;
    const { promise, resolve } = Promise.withResolvers<undefined>();
    this.#turn = promise;
    try {
      if (before !== null) await before;
      for (;;) {
        const step = this.#step();
        if (step !== null) return await step;
        this.#arrival = new Future<undefined>();
        // A future, so that a task that waits here can be cancelled.
        await this.#arrival;
      }
    } catch (error) {
      this.#close(); // The consumer was cancelled, or the iteration failed: nobody comes for the rest.
      throw error;
    } finally {
      this.#arrival = null;
      if (this.#turn === promise) this.#turn = null;
      resolve(undefined);
    }
  }

  readonly #onArrival = (): void => {
    if (this.#arrival?.done() === false) this.#arrival.setResult(undefined);
  };

  #mayReadNoMore(): boolean {
    return this.#input.isExhausted || this.#inside >= this.#bufferSize;
  }

  /** Reads as much as may be read, and joins the queue with it. */
  #read(): void {
    while (!this.#isOver && this.#ending === null && !this.#mayReadNoMore()) {
      const refusal = this.#host.refusal();
      if (refusal !== null) {
        this.#endWith(refusal, false);
        break;
      }
      const room = Math.min(this.#host.room(), this.#bufferSize - this.#inside);
      if (room <= 0) {
        this.#waitForRoom();
        break;
      }
      if (!this.#readSome(room)) break;
    }
    if (this.available > 0) this.#host.addSource(this);
    if (this.#input.isExhausted) this.#onArrival();
  }

  /** Returns whether there may be more to read at once. */
  #readSome(count: number): boolean {
    const before = this.#inside;
    try {
      return this.#input.read(this.#accept, count, this.#onInput);
    } catch (error) {
      this.#input.isExhausted = true;
      if (!this.#isOpen) {
        this.#close();
        throw error;
      }
      this.#endWith(error, false);
      return false;
    } finally {
      this.#host.addPending(this.#inside - before);
    }
  }

  readonly #accept = (item: unknown): void => {
    this.#items.push(item);
    this.#inside += 1;
  };

  readonly #onInput = (error: { readonly thrown: unknown } | null): void => {
    if (error !== null) this.#endWith(error.thrown, false);
    this.#read();
  };

  #waitForRoom(): void {
    if (this.#waitsForRoom) return;
    this.#waitsForRoom = true;
    this.#host.whenRoom(() => {
      this.#waitsForRoom = false;
      this.#read();
    });
  }

  readonly #onAbort = (): void => {
    this.#endWith(new CancelledError(this.#signal?.reason));
  };

  /** The iteration ends with the error once it has handed out what is there; `now`: what is under way is not waited for. */
  #endWith(error: unknown, now = true): void {
    if (this.#isOver || this.#ending !== null) return;
    this.#ending = { thrown: error, now };
    if (now) {
      this.#dropItems();
      this.#chunks.closeUnstarted();
    }
    this.#closeInput();
    this.#onArrival();
  }

  #close(): void {
    if (this.#isOver) return;
    this.#isOver = true;
    clearTimeout(this.#timer);
    this.#signal?.removeEventListener("abort", this.#onAbort);
    this.#dropItems();
    this.#chunks.close();
    this.#closeInput();
    this.#onArrival();
  }

  #closeInput(): void {
    if (!this.#input.isExhausted) this.#input.close();
  }

  #dropItems(): void {
    const left = this.#items.length - this.#head;
    this.#items = [];
    this.#head = 0;
    this.#inside -= left;
    this.#host.addPending(-left);
  }
}
