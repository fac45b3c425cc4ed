/**
 * Crew: the workers of an executor, from their start to their end.
 *
 *     start ──► seats ──retire, close, kill──► #leaving ──► gone
 *                 └──────────── dies ──────────────────────► gone
 *
 * They are started when calls wait for them (`distributor.ts`). A worker that dies costs the call that it ran. What it had not started goes to
 * another one. One that is ended because a call does not stop is replaced at once.
 */
import type { Backend, WorkerSetup } from "./backend.ts";
import type { Call } from "./call.ts";
import { checkArguments } from "./check-arguments.ts";
import { Distributor, type Workers } from "./distributor.ts";
import type { Death } from "./errors.ts";
import { afterDelay, inRootContext } from "./host.ts";
import type { Settings } from "./options.ts";
import { Seat, type SeatOwner } from "./seat.ts";

/** Milliseconds after which a worker that has nothing to do keeps the program alive no longer. To say so each time would cost a microsecond a call. */
const REST_AFTER = 2;
/** A worker that cannot start is tried so often, and so is a call that no worker gets as far as to start. */
const START_ATTEMPTS = 3;

/** Whoever has the crew. */
export interface CrewOwner {
  /** Calls have ended, or workers. */
  crewMoved(): void;
  /** A worker cannot start, or its initializer fails; or it died and nothing is to go on after that. */
  crewBroken(message: string, cause: unknown, death: Death | null): void;
  /** The last worker is gone. */
  crewGone(): void;
  /** A worker died while it ran this call. */
  callLost(call: Call, seat: Seat, death: Death): void;
  report(error: unknown): void;
}

export class Crew implements SeatOwner, Workers {
  readonly distributor: Distributor;
  /** Those that count. */
  readonly seats: Seat[] = [];
  /** No worker is started any more, nor given anything. */
  isClosed = false;
  readonly shareSlots: boolean;
  readonly #backend: Backend;
  readonly #settings: Settings;
  readonly #owner: CrewOwner;
  readonly #initializer: WorkerSetup["initializer"];
  /** Those that were told to end, or are being ended. */
  readonly #leaving = new Set<Seat>();
  /** How many workers died when they had got a call and not started it. */
  readonly #deaths = new WeakMap<Call, number>();
  #started = 0;
  #died = 0;
  #failedStarts = 0;
  #willRest = false;
  #isDropping = false;

  /** @throws TypeError, DataCloneError for arguments of the initializer that cannot be sent. */
  constructor(backend: Backend, settings: Settings, owner: CrewOwner) {
    this.#backend = backend;
    this.#settings = settings;
    this.#initializer = setUp(settings, backend);
    this.#owner = owner;
    this.shareSlots = backend.kind === "thread";
    this.distributor = new Distributor(this, settings);
  }

  startOne(): boolean {
    return this.#start() !== null;
  }

  moved(): void {
    this.#owner.crewMoved();
  }

  get died(): number {
    return this.#died;
  }

  /** How many workers there are, also those about to end. */
  get size(): number {
    return this.seats.length + this.#leaving.size;
  }

  /** Whether there is nothing left to do. */
  get isIdle(): boolean {
    if (this.distributor.queue.size > 0) return false;
    // What a worker has that is being ended may come back.
    return [...this.seats, ...this.#leaving].every((seat) => seat.outstanding === 0);
  }

  /** No worker is started any more; those there are end. */
  close(how: "stop" | "terminate" | "kill"): void {
    this.isClosed = true;
    for (const seat of this.seats.splice(0)) {
      this.#leaving.add(seat);
      if (how === "stop") seat.stop();
      else seat.kill(how === "terminate");
    }
    if (how !== "stop") for (const seat of this.#leaving) seat.kill(how === "terminate");
    if (this.size === 0) this.#owner.crewGone();
  }

  /** Calls were taken out of the queue by whoever submitted them. If nobody waits for the workers that start, the program need not. */
  queueShrank(): void {
    if (this.distributor.queue.size > 0) return;
    for (const seat of this.seats) if (seat.state === "starting") seat.unref();
  }

  /** Drops the calls that have not started. */
  dropUnstarted(): void {
    this.#isDropping = true;
    for (const seat of this.seats) this.takenBack(seat.takeBack(Infinity, true));
    for (const call of this.distributor.queue.clear()) call.drop();
  }

  /** Takes out what waits, so that it can be failed. */
  clear(reason: unknown): void {
    for (const call of this.distributor.queue.clear()) call.fail(reason);
  }

  seatMoved(seat: Seat): void {
    if (seat.state === "ready") this.#failedStarts = 0;
    if (seat.given >= this.#settings.maxTasksPerChild && seat.outstanding === 0) this.#retire(seat);
    this.distributor.dispatch();
    if (seat.outstanding === 0) this.#restSoon();
    this.#owner.crewMoved();
  }

  takenBack(calls: Call[]): void {
    if (this.#isDropping) for (const call of calls) call.drop();
    else this.distributor.queue.giveBack(calls);
  }

  seatUnusable(seat: Seat, error: unknown): void {
    seat.kill();
    this.seatLeaving(seat, false);
    this.#owner.crewBroken(`The initializer of ${seat.name} failed`, error, null);
  }

  seatLeaving(seat: Seat, replace = true): void {
    const index = this.seats.indexOf(seat);
    if (index === -1) return;
    this.seats.splice(index, 1);
    this.#leaving.add(seat);
    if (!replace || this.isClosed) return;
    const replacement = this.#start();
    if (this.distributor.queue.size === 0) replacement?.unref();
  }

  seatGone(seat: Seat, death: Death, lost: Call[], unstarted: Call[]): void {
    const wasLeaving = this.#leaving.delete(seat);
    if (!wasLeaving) {
      this.seats.splice(this.seats.indexOf(seat), 1);
      this.#died += 1;
    }
    if (!wasLeaving && lost.length === 0) lost.push(...this.#deadly(unstarted));
    this.takenBack(unstarted);
    for (const call of lost) this.#owner.callLost(call, seat, death);
    if (!wasLeaving && !this.isClosed) this.#afterDeath(seat, death);
    this.distributor.dispatch();
    this.#owner.crewMoved();
    if (this.isClosed && this.size === 0) this.#owner.crewGone();
  }

  report(error: unknown): void {
    this.#owner.report(error);
  }

  /** A worker died when it was given these. If others have before, it is the first one that they died of: takes it out. */
  #deadly(unstarted: Call[]): Call[] {
    const [first] = unstarted;
    if (first === undefined) return [];
    const deaths = (this.#deaths.get(first) ?? 0) + 1;
    this.#deaths.set(first, deaths);
    return deaths < START_ATTEMPTS ? [] : unstarted.splice(0, 1);
  }

  #afterDeath(seat: Seat, death: Death): void {
    if (this.#settings.onWorkerDeath === "break") {
      this.#owner.crewBroken(`${seat.name} died`, death.cause, death);
      return;
    }
    if (seat.wasReady) return;
    this.#failedStarts += 1;
    if (this.#failedStarts >= START_ATTEMPTS)
      this.#owner.crewBroken(`${seat.name} could not start`, death.cause, death);
  }

  #restSoon(): void {
    if (this.#willRest) return;
    this.#willRest = true;
    afterDelay(REST_AFTER, () => {
      this.#willRest = false;
      for (const seat of this.seats) if (seat.state === "ready" && seat.outstanding === 0) seat.unref();
    });
  }

  /** The worker has made as many calls as it may. */
  #retire(seat: Seat): void {
    const index = this.seats.indexOf(seat);
    if (index === -1) return;
    this.seats.splice(index, 1);
    this.#leaving.add(seat);
    seat.stop();
  }

  #start(): Seat | null {
    const name = `${this.#settings.namePrefix}_${this.#started++}`;
    const seat = new Seat(name, this, this.#settings.cancelGrace);
    try {
      const setup = { name, initializer: this.#initializer };
      // Nothing that a caller has in its async context is to live on in the events of the worker.
      seat.take(inRootContext(() => this.#backend.start(setup, seat)));
    } catch (error) {
      this.#owner.crewBroken(`${name} could not start`, error, null);
      return null;
    }
    this.seats.push(seat);
    return seat;
  }
}

/** Every worker gets the arguments of the initializer as they are now. */
function setUp({ initializer }: Settings, backend: Backend): WorkerSetup["initializer"] {
  if (initializer === null) return null;
  checkArguments(initializer.args);
  return { address: initializer.reference.address, args: backend.snapshot(initializer.args) };
}
