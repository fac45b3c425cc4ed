/**
 * Desk: lets calls in, counts them, and closes.
 *
 *     open ──close──► closing ──the work is done──► closed            broken: all calls fail, now and later
 *
 * It knows why a call cannot be let in, and whoever waits for room (`ready`, maps) or for the end (`shutdown`).
 */
import { inspect } from "node:util";
import process from "node:process";

import { type BrokenExecutorError, CancelledError, Future, UsageError } from "@async/futures";

import type { Backend } from "./backend.ts";
import { type Call, type CallEnd, FutureCall } from "./call.ts";
import type { CallOptions } from "./call-watch.ts";
import type { CallSource } from "./call-queue.ts";
import { Crew, type CrewOwner } from "./crew.ts";
import { type Death, ExecutorFull } from "./errors.ts";
import { isExiting } from "./exit-hook.ts";
import { afterTick } from "./host.ts";
import type { MapHost } from "./map-run.ts";
import type { Settings } from "./options.ts";
import type { Seat } from "./seat.ts";
import { checkArguments } from "./check-arguments.ts";
import { type FunctionReference, canShareMessages } from "./wire/index.ts";
import { isWorker } from "./worker-side/worker-mark.ts";

export type BrokenError = new (
  message: string,
  options?: ErrorOptions & { readonly exitCode?: number | null; readonly signal?: string | null },
) => BrokenExecutorError;

/** A worker has its mark before it imports anything else. */
const IS_WORKER = isWorker();

export class Desk implements CrewOwner, MapHost {
  readonly crew: Crew;
  readonly counts = { completed: 0, failed: 0, cancelled: 0 };
  readonly #name: string;
  readonly #backend: Backend;
  readonly #settings: Settings;
  readonly #Broken: BrokenError;
  #state: "open" | "closing" | "closed" = "open";
  #breakage: { readonly message: string; readonly options: ErrorOptions } | null = null;
  #lastId = 0;
  #pending = 0;
  /** Those who wait for room, first come, first served. */
  #waiting: (() => void)[] = [];
  #waitForEnd: Future<undefined>[] = [];

  constructor(name: string, settings: Settings, backend: Backend, Broken: BrokenError) {
    this.#name = name;
    this.#backend = backend;
    this.#settings = settings;
    this.#Broken = Broken;
    this.crew = new Crew(backend, settings, this);
  }

  get pending(): number {
    return this.#pending;
  }

  /** Lets a call in. */
  submit(fn: FunctionReference, args: readonly unknown[], options: CallOptions | null): Future {
    this.admit();
    if (this.#pending >= this.#settings.maxPending)
      throw new ExecutorFull(
        `${this.#name} has ${this.#pending} calls that have not ended, as many as maxPending allows; wait with await executor.ready()`,
      );
    const call = new FutureCall(this.nextId(), fn, args, this, options);
    this.#pending += 1;
    if (canShareMessages(args) || call.transfer.length > 0) this.crew.distributor.add(call);
    else this.#addWithCopy(call, args);
    if (options?.signal?.aborted === true) call.future.cancel(options.signal.reason);
    return call.future;
  }

  /** Objects are sent as they are now: at once if a worker is free, else as a copy. What moves to the worker cannot be copied. */
  #addWithCopy(call: FutureCall, args: readonly unknown[]): void {
    try {
      checkArguments(args);
      if (this.crew.distributor.giveAtOnce(call)) return;
      call.args = this.#backend.snapshot(args);
    } catch (error) {
      call.fail(error);
      return;
    }
    this.crew.distributor.add(call);
  }

  /** @throws why nothing can be let in, if so. */
  admit(): void {
    if (this.#state === "open" && this.#breakage === null && !isExiting() && !IS_WORKER) return;
    throw this.refusal()!;
  }

  refusal(): Error | null {
    if (IS_WORKER)
      return new UsageError(
        `${this.#name}: a call that runs in a worker cannot submit calls itself; return what is to be done, and submit it from the main program`,
      );
    if (this.#breakage !== null) return this.#makeBroken();
    if (this.#state !== "open")
      return new UsageError(`${this.#name} has been shut down: it takes no more calls; make a new one`);
    if (isExiting())
      return new UsageError(
        `${this.#name} takes no calls while the program ends; submit before its exit hooks run`,
      );
    return null;
  }

  nextId(): number {
    return ++this.#lastId;
  }

  room(): number {
    return this.#settings.maxPending - this.#pending;
  }

  whenRoom(callback: () => void): void {
    this.#waiting.push(callback);
  }

  /** Resolves once there is room for a call. */
  async ready(): Promise<void> {
    this.admit();
    if (this.room() > 0) return;
    const turn = new Future<undefined>();
    this.whenRoom(() => {
      if (turn.cancelled()) this.#grantRoom();
      else turn.setResult(undefined);
    });
    await turn;
    this.admit();
  }

  addPending(calls: number): void {
    this.#pending += calls;
    if (calls < 0) this.#grantRoom();
  }

  addSource(source: CallSource): void {
    this.crew.distributor.addSource(source);
  }

  callEnded(call: Call, how: CallEnd): void {
    this.counts[how] += 1;
    this.#pending -= call.size;
    if (call.isQueued) {
      this.crew.distributor.queue.noteEnded(call);
      if (this.#state === "closing") afterTick(this.#closeIfIdle);
    }
    if (this.#waiting.length > 0) this.#grantRoom();
  }

  /** Takes no more calls; the workers end once the work is done. */
  close(): void {
    if (this.#state === "open") this.#state = "closing";
    for (const wake of this.#waiting.splice(0)) wake();
    this.#closeIfIdle();
  }

  /** Ends what has not started. */
  dropUnstarted(): void {
    this.crew.dropUnstarted(new CancelledError());
    this.#closeIfIdle();
  }

  /** Ends everything. */
  abort(how: "terminate" | "kill"): void {
    this.#state = "closing";
    this.crew.dropUnstarted(new CancelledError());
    this.crew.close(how);
    for (const wake of this.#waiting.splice(0)) wake();
  }

  /** Resolves once the last worker is gone. */
  async ended(): Promise<void> {
    if (this.#state === "closed") return;
    const end = new Future<undefined>();
    this.#waitForEnd.push(end);
    await end;
  }

  crewMoved(): void {
    this.#closeIfIdle();
  }

  crewGone(): void {
    this.#state = "closed";
    if (this.#breakage === null) this.crew.dropUnstarted(new CancelledError());
    else this.crew.clear(this.#makeBroken());
    for (const end of this.#waitForEnd.splice(0)) if (!end.done()) end.setResult(undefined);
  }

  crewBroken(message: string, cause: unknown, death: Death | null): void {
    if (this.#breakage !== null) return;
    const text = `${message}${death === null ? "" : ` (${describeDeath(death)})`}; ${this.#name} is broken`;
    const options = { ...(cause === undefined ? {} : { cause }), ...death };
    this.#breakage = { message: text, options };
    for (const wake of this.#waiting.splice(0)) wake();
    this.crew.clear(this.#makeBroken());
    this.crew.close("kill");
  }

  callLost(call: Call, seat: Seat, death: Death): void {
    if (this.#breakage !== null) {
      call.fail(this.#makeBroken());
      return;
    }
    const { cause, exitCode, signal } = death;
    const message = `${this.#backend.kind === "thread" ? "Worker thread" : "Worker process"} ${seat.name} ${describeDeath(death)} while it ran ${call.toString()}`;
    call.fail(new this.#Broken(message, { ...(cause === undefined ? {} : { cause }), exitCode, signal }));
  }

  report(error: unknown): void {
    const { onError } = this.#settings;
    if (onError === null) warn(`A worker of ${this.#name} has thrown, in no call`, error);
    else
      try {
        onError(error);
      } catch (failure) {
        warn(`onError of ${this.#name} has thrown`, failure);
      }
  }

  #makeBroken(): BrokenExecutorError {
    const { message, options } = this.#breakage!;
    return new this.#Broken(message, options);
  }

  /** Wakes as many as there is room for. */
  #grantRoom(): void {
    for (let room = this.room(); room > 0; room--) {
      const wake = this.#waiting.shift();
      if (wake === undefined) return;
      wake();
    }
  }

  readonly #closeIfIdle = (): void => {
    if (this.#state === "closing" && this.crew.isIdle) this.crew.close("stop");
  };
}

function describeDeath({ cause, exitCode, signal }: Death): string {
  const why = cause instanceof Error ? `: ${cause.message}` : "";
  if (signal !== null) return `was killed by ${signal}${why}`;
  return exitCode === null ? `ended${why}` : `exited with code ${exitCode}${why}`;
}

function warn(message: string, error: unknown): void {
  process.emitWarning(message, { type: "PoolWarning", detail: inspect(error) });
}
