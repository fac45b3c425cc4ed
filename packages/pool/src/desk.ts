/**
 * Desk: lets calls in, counts them, and closes.
 *
 *     open ──close──► closing ──the work is done──► closed            broken: all calls fail, now and later
 *
 * It knows why a call cannot be let in, who waits for the end (`shutdown`), and the maps that would let more in: they are told when that is over.
 */
import { type BrokenExecutorError, CancelledError, Future, UsageError } from "@async/futures";

import type { Backend } from "./backend.ts";
import { type Call, type CallEnd, FutureCall } from "./call.ts";
import type { CallOptions } from "./call-watch.ts";
import type { CallSource } from "./call-queue.ts";
import { Crew, type CrewOwner } from "./crew.ts";
import { type Death, ExecutorFull } from "./errors.ts";
import { isExiting } from "./exit-hook.ts";
import { afterTick } from "./host.ts";
import type { MapHost, OpenMap } from "./map-run.ts";
import type { Settings } from "./options.ts";
import { Room } from "./room.ts";
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
  readonly room: Room;
  readonly openMaps = new Set<OpenMap>();
  readonly counts = { completed: 0, failed: 0, cancelled: 0 };
  readonly #name: string;
  readonly #backend: Backend;
  readonly #settings: Settings;
  readonly #Broken: BrokenError;
  #state: "open" | "closing" | "closed" = "open";
  #breakage: { readonly message: string; readonly options: ErrorOptions } | null = null;
  #lastId = 0;
  #waitForEnd: Future<undefined>[] = [];

  constructor(name: string, settings: Settings, backend: Backend, Broken: BrokenError) {
    this.#name = name;
    this.#backend = backend;
    this.#settings = settings;
    this.#Broken = Broken;
    this.room = new Room(settings.maxPending);
    this.crew = new Crew(backend, settings, this);
  }

  get pending(): number {
    return this.room.pending;
  }

  /** Lets a call in. */
  submit(fn: FunctionReference, args: readonly unknown[], options: CallOptions | null): Future {
    this.admit();
    if (!this.room.take())
      throw new ExecutorFull(
        `${this.#name} has ${this.pending} calls that have not ended, as many as maxPending allows; wait with await executor.ready()`,
      );
    const call = new FutureCall(this.nextId(), fn, args, this, options);
    if (options?.signal?.aborted === true) call.future.cancel(options.signal.reason);
    else if (canShareMessages(args) || call.transfer.length > 0) this.crew.distributor.add(call);
    else this.#addWithCopy(call, args);
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
  readonly admit = (): void => {
    if (this.#state === "open" && this.#breakage === null && !isExiting() && !IS_WORKER) return;
    throw this.refusal()!;
  };

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

  /** Resolves once there is room for a call; it is kept until the caller has gone on. */
  ready(): Promise<void> {
    return this.room.ready(this.admit);
  }

  itemsDropped(count: number): void {
    this.room.free(count);
    this.#queueShrank();
  }

  #queueShrank(): void {
    this.crew.queueShrank();
    if (this.#state === "closing") afterTick(this.#closeIfIdle);
  }

  addSource(source: CallSource): void {
    this.crew.distributor.addSource(source);
  }

  callEnded(call: Call, how: CallEnd): void {
    this.counts[how] += 1;
    if (call.isQueued) {
      this.crew.distributor.queue.noteEnded(call);
      this.#queueShrank();
    }
    this.room.free(call.size);
  }

  /** Takes no more calls; the workers end once the work is done. */
  close(): void {
    this.#refuseMore((map) => {
      map.refuse(this.refusal()!);
    });
    this.#closeIfIdle();
  }

  /** Takes no more calls, and ends what has not started. */
  dropUnstarted(): void {
    this.#drop();
    this.#closeIfIdle();
  }

  /** Ends everything. */
  abort(how: "terminate" | "kill"): void {
    this.#drop();
    this.crew.close(how);
  }

  #drop(): void {
    this.#refuseMore((map) => {
      map.abandon(new CancelledError());
    });
    this.crew.dropUnstarted();
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
    if (this.#breakage === null) this.crew.dropUnstarted();
    else this.crew.clear(this.#makeBroken());
    for (const end of this.#waitForEnd.splice(0)) if (!end.done()) end.setResult(undefined);
  }

  crewBroken(message: string, cause: unknown, death: Death | null): void {
    if (this.#breakage !== null) return;
    const text = `${message}${death === null ? "" : ` (${describeDeath(death)})`}; ${this.#name} is broken`;
    const options = { ...(cause === undefined ? {} : { cause }), ...death };
    this.#breakage = { message: text, options };
    this.#refuseMore((map) => {
      map.abandon(this.#makeBroken());
    });
    this.crew.clear(this.#makeBroken());
    this.crew.close("kill");
  }

  callLost(call: Call, seat: Seat, death: Death): void {
    if (this.#breakage !== null) {
      call.fail(this.#makeBroken());
      return;
    }
    const { cause, exitCode, signal } = death;
    const message = `${this.#backend.kind === "thread" ? "Worker thread" : "Worker process"} ${seat.name} ${describeDeath(death)} ${call.hasStarted() ? "while" : "before"} it ran ${call.toString()}`;
    call.fail(new this.#Broken(message, { ...(cause === undefined ? {} : { cause }), exitCode, signal }));
  }

  report(error: unknown): void {
    this.#settings.onError(error);
  }

  #makeBroken(): BrokenExecutorError {
    const { message, options } = this.#breakage!;
    return new this.#Broken(message, options);
  }

  /** From now on nothing is let in; whoever might wait for that is told. */
  #refuseMore(tell: (map: OpenMap) => void): void {
    if (this.#state === "open") this.#state = "closing";
    for (const map of this.openMaps) tell(map);
    this.room.dissolve();
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
