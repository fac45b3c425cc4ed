/**
 * InProcessExecutor: calls functions in this very thread, so many at a time. The smallest executor that keeps all laws.
 *
 *     submit ──► #queue ──► #running (at most `workers`) ──► the future's outcome
 */
import {
  CancelledError,
  type Executor,
  Future,
  type MapOptions,
  type ShutdownOptions,
  TimeoutError,
  UsageError,
} from "@async/futures";

interface Call {
  readonly future: Future;
  readonly run: () => unknown;
}

export class InProcessExecutor implements Executor {
  readonly #workers: number;
  #queue: Call[] = [];
  readonly #running = new Set<Future>();
  #isShutDown = false;
  #drained: Future<undefined> | null = null;

  constructor(workers: number) {
    this.#workers = workers;
  }

  submit<A extends unknown[], R>(fn: (...args: A) => R, ...args: A): Future<Awaited<R>> {
    checkFunction(fn);
    this.#checkOpen();
    const future = new Future<Awaited<R>>();
    this.#queue.push({ future, run: () => fn(...args) });
    setImmediate(() => this.#fill());
    return future;
  }

  map<T, R>(
    fn: (item: T) => R,
    items: Iterable<T> | AsyncIterable<T>,
    options?: MapOptions,
  ): AsyncIterable<Awaited<R>> {
    checkFunction(fn);
    return this.#map((item) => this.submit(fn, item), items, options);
  }

  starmap<A extends unknown[], R>(
    fn: (...args: A) => R,
    tuples: Iterable<A> | AsyncIterable<A>,
    options?: MapOptions,
  ): AsyncIterable<Awaited<R>> {
    checkFunction(fn);
    return this.#map((args) => this.submit(fn, ...args), tuples, options);
  }

  async shutdown({ wait = true, cancelFutures = false, timeout }: ShutdownOptions = {}): Promise<void> {
    this.#isShutDown = true;
    if (cancelFutures) this.#cancelQueue();
    if (typeof timeout === "number") setTimeout(() => this.#stop(), Math.min(timeout, 2 ** 31 - 1)).unref();
    if (!wait || this.#isIdle()) return;
    await (this.#drained ??= new Future());
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.shutdown();
  }

  #map<T, R>(
    submit: (item: T) => Future<R>,
    items: Iterable<T> | AsyncIterable<T>,
    { chunkSize = 1, bufferSize, timeout, signal }: MapOptions = {},
  ): AsyncIterable<R> {
    this.#checkOpen();
    for (const size of [chunkSize, bufferSize ?? 1]) {
      if (!(size >= 1)) throw new UsageError(`map takes sizes of at least 1, got ${size}`);
    }
    const end = endOf(timeout ?? undefined, signal);
    if (bufferSize === undefined && Symbol.iterator in Object(items)) {
      const futures = [...(items as Iterable<T>)].map((item) => {
        const future = submit(item);
        if (end.signal.aborted) future.cancel();
        return future;
      });
      return inOrder(futures[Symbol.iterator](), (future) => future, futures.length, end);
    }
    const source = items as Partial<Iterable<T> & AsyncIterable<T>> | null | undefined;
    const iterator = source?.[Symbol.asyncIterator]?.() ?? source?.[Symbol.iterator]?.();
    if (iterator === undefined) throw new TypeError("map takes an iterable");
    return inOrder(iterator, submit, bufferSize ?? this.#workers, end);
  }

  #checkOpen(): void {
    if (this.#isShutDown) throw new UsageError("The executor has been shut down; make a new one");
  }

  #isIdle(): boolean {
    return this.#queue.length === 0 && this.#running.size === 0;
  }

  #fill(): void {
    while (this.#running.size < this.#workers && this.#queue.length > 0) {
      const call = this.#queue.shift()!;
      if (call.future.setRunningOrNotifyCancel()) void this.#run(call);
    }
    if (this.#isIdle() && this.#drained?.done() === false) this.#drained.setResult(undefined);
  }

  async #run({ future, run }: Call): Promise<void> {
    this.#running.add(future);
    try {
      const result = await run();
      if (!future.done()) future.setResult(result);
    } catch (error) {
      if (!future.done()) future.setException(error);
    }
    this.#running.delete(future);
    setImmediate(() => this.#fill());
  }

  #cancelQueue(): void {
    for (const { future } of this.#queue) future.cancel();
    this.#queue = [];
  }

  /** The time is up: what runs is given up. */
  #stop(): void {
    this.#cancelQueue();
    for (const future of this.#running) future.setException(new CancelledError("stopped by shutdown"));
    this.#running.clear();
    this.#fill();
  }
}

/** Yields the results in the order of the input, of which at most `ahead` items are under way. */
async function* inOrder<T, R>(
  input: Iterator<T> | AsyncIterator<T>,
  submit: (item: T) => Future<R>,
  ahead: number,
  end: AbortController,
): AsyncGenerator<R, void> {
  const futures: Future<R>[] = [];
  let failure: { readonly error: unknown } | null = null;
  let isExhausted = false;
  const ended = new Promise<never>((_, reject) => {
    const onEnd = (): void => reject(end.signal.reason as Error);
    if (end.signal.aborted) onEnd();
    else end.signal.addEventListener("abort", onEnd);
  });
  ended.catch(() => {});
  try {
    for (;;) {
      end.signal.throwIfAborted();
      while (!isExhausted && futures.length < ahead) {
        try {
          const next = await input.next();
          if (next.done === true) isExhausted = true;
          else futures.push(submit(next.value));
        } catch (error) {
          failure = { error };
          isExhausted = true;
        }
      }
      const first = futures.shift();
      if (first === undefined) break;
      try {
        yield await Promise.race([first, ended]);
      } finally {
        first.cancel();
      }
    }
    if (failure !== null) throw failure.error;
  } finally {
    end.abort();
    for (const future of futures) future.cancel();
    await input.return?.();
  }
}

/** Aborts when the time is up or the signal says so. */
function endOf(timeout: number | undefined, signal: AbortSignal | undefined): AbortController {
  const end = new AbortController();
  const timer =
    timeout === undefined
      ? undefined
      : setTimeout(
          () => end.abort(new TimeoutError("The time for the iteration is up")),
          Math.min(timeout, 2 ** 31 - 1),
        );
  const onAbort = (): void => end.abort(new CancelledError(signal?.reason));
  if (signal?.aborted === true) onAbort();
  else signal?.addEventListener("abort", onAbort);
  end.signal.addEventListener("abort", () => {
    clearTimeout(timer);
    signal?.removeEventListener("abort", onAbort);
  });
  return end;
}

function checkFunction(fn: unknown): void {
  if (typeof fn !== "function") throw new TypeError("An executor calls functions");
}
