/**
 * MapRun: one `map` or `starmap`, from its input to its results.
 *
 *     input ──► intake ──cut──► chunks at workers ──► #chunks, in the order of the input ──► next()
 *
 * No item has a future or a message of its own. The size of a chunk follows from how long the function takes: about a millisecond. An error comes
 * out at its place, after the results before it, and ends the iteration. When the iteration ends early, what has not started does not start.
 * What runs may go on to the end of its item, unless it is a timeout or a signal that ends the iteration: then it is stopped as a call is.
 *
 * Python: `Executor.map`. Source: Lib/concurrent/futures/_base.py, Lib/concurrent/futures/process.py.
 */
import { CancelledError, Future, type MapOptions, TimeoutError } from "@async/futures";

import type { CallOwner, Withdrawal } from "./call.ts";
import type { CallOptions } from "./call-watch.ts";
import type { CallSource } from "./call-queue.ts";
import { ChunkCall } from "./chunk-call.ts";
import { ChunkLine } from "./chunk-line.ts";
import { type HostTimer, afterDelay, clearTimeout } from "./host.ts";
import type { Thrown } from "./map-input.ts";
import { type IntakeHost, MapIntake } from "./map-intake.ts";
import type { FunctionReference } from "./wire/index.ts";

/** A map, as its executor sees it. */
export interface OpenMap {
  /** The executor takes nothing more in: what it has is done, and then the iteration ends with the error, where it would have read on. */
  refuse(error: Error): void;
  /** The executor is done: what has not been given to a worker fails with this. */
  abandon(error: unknown): void;
}

/** What a map needs of its executor. */
export interface MapHost extends CallOwner, IntakeHost {
  /** The maps that have, or may get, something that is not at a worker. */
  readonly openMaps: Set<OpenMap>;
  nextId(): number;
  addSource(source: CallSource): void;
}

/** Milliseconds that a chunk takes. */
const CHUNK = 1;
/** Items in a chunk at most: more would be copied for too long at a time. */
const MOST = 16_384;

export class MapRun<R> implements CallSource, OpenMap, AsyncIterableIterator<R, undefined> {
  readonly fn: FunctionReference;
  readonly #host: MapHost;
  readonly #areTuples: boolean;
  readonly #intake: MapIntake;
  /** Of each call; then an item is a call. */
  readonly #callOptions: CallOptions | null;
  /** Any of them ends the iteration. */
  readonly #signals: readonly AbortSignal[];
  #timer: HostTimer | undefined;
  /** Cut and not yet handed out. */
  readonly #chunks = new ChunkLine();
  /** What ends the iteration once it comes to the end of `#chunks`; `now`: that was cut off before what had not ended. */
  #ending: { readonly thrown: unknown; readonly now: boolean } | null = null;
  #isOver = false;
  /** Consumers that wait for their turn, and the one that waits for a chunk. */
  #turn: Promise<undefined> | null = null;
  #arrival: Future<undefined> | null = null;

  /** @throws TypeError for what cannot be iterated; what the input throws while it is read here. */
  constructor(
    host: MapHost,
    fn: FunctionReference,
    input: Iterable<unknown> | AsyncIterable<unknown>,
    areTuples: boolean,
    options: MapOptions,
    callOptions: CallOptions | null,
  ) {
    this.#host = host;
    this.fn = fn;
    this.#areTuples = areTuples;
    const intakeOptions = callOptions === null ? options : { ...options, chunkSize: 1 };
    this.#intake = new MapIntake(host, input, intakeOptions, this.#onIntake);
    this.#callOptions = callOptions;
    this.#signals = [options.signal, callOptions?.signal].filter((signal) => signal !== undefined);
    const aborted = this.#signals.find((signal) => signal.aborted);
    if (aborted !== undefined) {
      this.#abort(aborted);
      return;
    }
    host.openMaps.add(this);
    for (const signal of this.#signals) signal.addEventListener("abort", this.#onAbort);
    this.#setTimer(options.timeout);
    try {
      this.#intake.read();
    } catch (error) {
      this.#close();
      throw error;
    }
    this.#offer();
  }

  get available(): number {
    return this.#intake.available;
  }

  cut(share: number): ChunkCall {
    const items = this.#intake.take(this.#chunkFor(share));
    const chunk = new ChunkCall(
      this.#host.nextId(),
      this.fn,
      items,
      this.#areTuples,
      this.#host,
      this.#callOptions,
      this.#onArrival,
    );
    this.#chunks.push(chunk);
    this.#forgetIfThrough();
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

  /** Ends the iteration: what has not started will not start. Rejects with what a plain input throws when it cleans up. */
  return(): Promise<IteratorResult<R, undefined>> {
    const failure = this.#close();
    return failure === null
      ? Promise.resolve({ done: true, value: undefined })
      : Promise.reject(failure.thrown);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.return();
  }

  refuse(error: Error): void {
    if (!this.#intake.isExhausted) this.#endWith(error);
  }

  abandon(error: unknown): void {
    const wouldReadOn = !this.#intake.isExhausted;
    this.#intake.stop();
    if (this.#intake.drop() === 0 && !wouldReadOn) return;
    // It replaces an ending that there is: that would have come after the items.
    this.#ending = { thrown: error, now: false };
    this.#stop();
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
        this.#intake.handedOut();
        if (!this.#intake.isExhausted) this.#read();
        return Promise.resolve({ done: false, value });
      }
      case "failure": {
        const { thrown } = this.#chunks;
        this.#close();
        return Promise.reject(thrown);
      }
      case "waiting":
        return null;
      case "empty": {
        const isThrough = this.#intake.isExhausted && this.#intake.size === 0;
        return isThrough || this.#isOver ? this.#end() : null;
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

  readonly #onIntake = (failure: Thrown | null): void => {
    if (failure !== null) this.#endWith(failure.thrown);
    this.#read();
    if (this.#intake.isExhausted) this.#onArrival();
  };

  /** Reads as much as may be read, and joins the queue with it. */
  #read(): void {
    try {
      this.#intake.read();
    } catch (error) {
      this.#endWith(error);
    }
    this.#offer();
  }

  #offer(): void {
    if (this.#intake.available > 0) this.#host.addSource(this);
    this.#forgetIfThrough();
  }

  #forgetIfThrough(): void {
    if (this.#intake.isExhausted && this.#intake.size === 0) this.#host.openMaps.delete(this);
  }

  #setTimer(timeout: number | null | undefined): void {
    if (timeout === undefined || timeout === null) return;
    this.#timer = afterDelay(Math.max(timeout, 0), () => {
      this.#endNow(new TimeoutError(`map took longer than ${timeout} ms`), "timeout");
    });
  }

  readonly #onAbort = ({ target }: Event): void => {
    this.#abort(target as AbortSignal);
  };

  #abort({ reason }: AbortSignal): void {
    this.#endNow(new CancelledError(reason), "cancel", reason);
  }

  /** The iteration ends with the error once all that was read is done and handed out. */
  #endWith(error: unknown): void {
    if (this.#isOver || this.#ending !== null) return;
    this.#ending = { thrown: error, now: false };
    this.#stop();
  }

  /** The iteration ends with the error once it has handed out what is there. What has not ended is withdrawn. */
  #endNow(error: unknown, why: Withdrawal, reason?: unknown): void {
    if (this.#isOver || this.#ending?.now === true) return;
    this.#ending = { thrown: error, now: true };
    this.#intake.stop(); // The places that become free below are not for more of this.
    this.#intake.drop();
    this.#chunks.cutOff(why, reason);
    this.#stop();
  }

  /** Reads nothing more. First tells the consumer: an input may do whatever it likes when it is closed. */
  #stop(): void {
    this.#onArrival();
    this.#intake.close();
    this.#offer();
  }

  #close(): Thrown | null {
    if (this.#isOver) return null;
    this.#isOver = true;
    this.#ending = null; // Whoever comes after the end is told of nothing more.
    clearTimeout(this.#timer);
    for (const signal of this.#signals) signal.removeEventListener("abort", this.#onAbort);
    this.#intake.stop();
    this.#intake.drop();
    this.#chunks.close();
    this.#onArrival();
    const failure = this.#intake.close();
    this.#host.openMaps.delete(this);
    return failure;
  }
}
