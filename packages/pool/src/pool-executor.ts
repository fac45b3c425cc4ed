/**
 * PoolExecutor: the face of thread and process pools, which differ in nothing but their workers.
 *
 *     submit ──► Call ──┐                                   ┌──► worker
 *     map ──► MapRun ───┴─► Desk (lets in) ──► Crew (gives) ┼──► worker ──► the call's future, the map's iterator
 */
import { type Executor, type Future, type MapOptions, type ShutdownOptions } from "@async/futures";
import { checkTimeout } from "@async/futures/port";

import type { Backend } from "./backend.ts";
import type { CallOptions } from "./call-watch.ts";
import { checkCallOptions, checkSignal } from "./call-options.ts";
import { type BrokenError, Desk } from "./desk.ts";
import { afterDelay, clearTimeout } from "./host.ts";
import { MapRun } from "./map-run.ts";
import {
  type PoolOptions,
  type Settings,
  checkCount,
  checkFunction,
  checkObject,
  checkOptions,
} from "./options.ts";
import type { PoolStatistics, WorkerStatistics } from "./statistics.ts";

/** What `executor.with(options)` returns: calls with these options. In a map they hold for each item by itself, which is then a message of its own. */
export type Submitter = Pick<PoolExecutor, "submit" | "map" | "starmap">;

export abstract class PoolExecutor implements Executor {
  readonly #kind: Backend["kind"];
  readonly #settings: Settings;
  readonly #desk: Desk;

  protected constructor(name: string, options: PoolOptions, backend: Backend, Broken: BrokenError) {
    this.#kind = backend.kind;
    this.#settings = checkOptions(name, options);
    this.#desk = new Desk(name, this.#settings, backend, Broken);
  }

  /**
   * Has `fn(...args)` called by a worker. The arguments are copied here and now; one that cannot be copied fails this call alone. `cancel()` of the
   * future also ends a call that runs.
   *
   * @param fn - of `workerModule`, or `inline`
   * @throws TypeError for another function, UsageError after shutdown, a BrokenExecutorError if the executor is broken, ExecutorFull beyond `maxPending`.
   */
  submit<A extends unknown[], R>(fn: (...args: A) => R, ...args: A): Future<Awaited<R>> {
    return this.#desk.submit(checkFunction("submit", fn), args, null) as Future<Awaited<R>>;
  }

  /**
   * Returns what submits with options: a timeout, a signal, objects to transfer, a receiver of progress.
   *
   * @throws TypeError, UsageError for what an option cannot be.
   */
  with(options: CallOptions): Submitter {
    checkCallOptions(this.#kind, options);
    return {
      submit: (fn, ...args) => this.#desk.submit(checkFunction("submit", fn), args, options) as never,
      map: (fn, items, mapOptions) => this.#map("map", fn, items, false, mapOptions, options) as never,
      starmap: (fn, items, mapOptions) => this.#map("starmap", fn, items, true, mapOptions, options) as never,
    };
  }

  /**
   * Calls `fn` for each item; yields the results in the order of the input. An error comes out at its place and ends the iteration; breaking off
   * cancels what has not started. A plain iterable is read at once, up to `maxPending`; with `bufferSize`, or if it is async, as results are taken.
   *
   * @throws TypeError, UsageError for what an argument cannot be; what `submit` throws; what the input throws while it is read here.
   */
  map<T, R>(
    fn: (item: T) => R,
    items: Iterable<T> | AsyncIterable<T>,
    options?: MapOptions,
  ): AsyncIterableIterator<Awaited<R>, undefined> {
    return this.#map("map", fn, items, false, options);
  }

  /** Calls `fn` for each tuple of arguments, as `map` does. Python's `map` over several iterables. */
  starmap<A extends unknown[], R>(
    fn: (...args: A) => R,
    argumentTuples: Iterable<A> | AsyncIterable<A>,
    options?: MapOptions,
  ): AsyncIterableIterator<Awaited<R>, undefined> {
    return this.#map("starmap", fn, argumentTuples, true, options);
  }

  /**
   * Resolves once there is room for a call: at once without `maxPending`. The room is kept until whoever awaits has gone on: a `submit` then has its
   * place. First come, first served, with maps.
   *
   * @throws what `submit` would throw instead of ExecutorFull.
   */
  ready(): Promise<void> {
    return this.#desk.ready();
  }

  /**
   * Takes no more calls, and frees the workers once the work is done. Resolves when the last worker is gone, with `wait: false` at once; the work goes
   * on. May be called again, also with other options.
   *
   * With `timeout` it ends the workers that are still at work then. Node cannot end a thread while a system call blocks it (`execSync`, reading a
   * FIFO): such a thread is waited for until that call returns. A process is ended at once.
   *
   * @throws TypeError, UsageError for what an option cannot be, as a rejection.
   */
  async shutdown(options: ShutdownOptions = {}): Promise<void> {
    checkObject("shutdown", options);
    const { cancelFutures = false, timeout, wait = true } = options;
    checkTimeout("shutdown", timeout);
    if (cancelFutures) this.#desk.dropUnstarted();
    this.#desk.close();
    const timer = afterDelay(timeout ?? Infinity, () => {
      this.#desk.abort("kill");
    });
    const end = this.#desk.ended();
    if (wait)
      try {
        await end;
      } finally {
        clearTimeout(timer);
      }
  }

  /** `shutdown({ wait: true })` */
  [Symbol.asyncDispose](): Promise<void> {
    return this.shutdown();
  }

  /** Ends all workers now: processes by SIGTERM. Running calls fail, the others are cancelled, and the executor takes no more. */
  terminateWorkers(): void {
    this.#desk.abort("terminate");
  }

  /** Ends all workers now: processes by SIGKILL. Running calls fail, the others are cancelled, and the executor takes no more. */
  killWorkers(): void {
    this.#desk.abort("kill");
  }

  /** Returns a frozen snapshot. */
  statistics(): PoolStatistics {
    const { counts, crew, pending } = this.#desk;
    const workers = crew.seats.map(({ given, id, name, outstanding, state }): WorkerStatistics => {
      return Object.freeze({
        name,
        id,
        state: state === "starting" ? state : outstanding === 0 ? "idle" : "busy",
        calls: given,
      });
    });
    return Object.freeze({
      maxWorkers: this.#settings.maxWorkers,
      workers: Object.freeze(workers),
      queued: crew.distributor.queue.size,
      atWorkers: crew.seats.reduce((sum, seat) => sum + seat.outstanding, 0),
      pending,
      ...counts,
      died: crew.died,
    });
  }

  #map<R>(
    caller: string,
    fn: unknown,
    items: Iterable<unknown> | AsyncIterable<unknown>,
    areTuples: boolean,
    options: MapOptions = {},
    callOptions: CallOptions | null = null,
  ): MapRun<Awaited<R>> {
    const reference = checkFunction(caller, fn);
    checkObject(caller, options);
    const { bufferSize, chunkSize, signal, timeout } = options;
    if (chunkSize !== undefined) checkCount(`${caller}: chunkSize`, chunkSize);
    if (bufferSize !== undefined) checkCount(`${caller}: bufferSize`, bufferSize);
    checkTimeout(caller, timeout);
    checkSignal(caller, signal);
    this.#desk.admit();
    return new MapRun<Awaited<R>>(this.#desk, reference, items, areTuples, options, callOptions);
  }
}
