/**
 * Distributor: which worker gets which call, and when.
 *
 *     queue ──► idle worker, else a new one (up to maxWorkers), else one that is nearly through with what it has
 *
 * - Quick calls go out together: as many as take a millisecond, and no more than a fair share of the queue. A function that was never seen
 *   goes out alone, until it is known how long it takes.
 * - A worker has two such batches at most, so that it need not wait for the next one. What waits behind a call that takes long, or at a worker while
 *   another has nothing to do, is taken back and given to the other.
 */
import type { Call } from "./call.ts";
import { CallQueue, type CallSource } from "./call-queue.ts";
import { afterDelay, afterTick, hostNow } from "./host.ts";
import type { Settings } from "./options.ts";
import type { Seat } from "./seat.ts";

/** Milliseconds of calls that are sent at a time; a chunk of a map is one such batch. */
const BATCH = 1;
/** Milliseconds: a call that takes longer lets none wait behind it. */
const LONG = 2;
/** Milliseconds between two looks whether calls wait behind a long one, and of silence after which they do. */
const LOOK_EVERY = 5;
/** Milliseconds of calls that are worth being taken from a worker for one that has nothing to do. */
const WORTH_TAKING = 0.1;
/** So many calls are put into the queue in one go before workers are given theirs: they need not wait for the end of the loop that submits. */
const SEND_AT = 512;

/** Those who do the work. */
export interface Workers {
  readonly seats: readonly Seat[];
  /** Nothing is given to them any more. */
  readonly isClosed: boolean;
  /** What they have not started can be taken back at once. */
  readonly shareSlots: boolean;
  /** False if it could not be started. */
  startOne(): boolean;
  /** Calls have ended. */
  moved(): void;
}

export class Distributor {
  readonly queue = new CallQueue();
  readonly #workers: Workers;
  readonly #seats: readonly Seat[];
  readonly #settings: Settings;
  #sinceSent = 0;
  #willDispatch = false;
  #isWatching = false;

  constructor(workers: Workers, settings: Settings) {
    this.#workers = workers;
    this.#seats = workers.seats;
    this.#settings = settings;
  }

  add(call: Call): void {
    this.queue.push(call);
    this.#sinceSent += 1;
    if (this.#sinceSent >= SEND_AT) this.dispatch();
    else this.#dispatchSoon();
  }

  /** Gives the call to a worker that has nothing to do; false if there is none. */
  giveAtOnce(call: Call): boolean {
    if (!this.#workers.shareSlots || this.queue.size > 0) return false;
    const seat = this.#seats.find((candidate) => candidate.outstanding === 0 && this.#mayHaveMore(candidate));
    if (seat === undefined || seat.isEnding) return false;
    seat.give(call, call.fn.pace ?? LONG);
    seat.send();
    // There is no copy of its arguments, and the caller may change them from now on.
    call.args = null;
    return true;
  }

  addSource(source: CallSource): void {
    this.queue.pushSource(source);
    this.#dispatchSoon();
  }

  #dispatchSoon(): void {
    if (this.#willDispatch) return;
    this.#willDispatch = true;
    afterTick(this.#onTick);
  }

  readonly #onTick = (): void => {
    this.#willDispatch = false;
    this.dispatch();
  };

  /** Gives what waits to those who may have more. */
  dispatch(): void {
    this.#sinceSent = 0;
    if (this.#workers.isClosed) return;
    for (let size = this.queue.size; size > 0; size = this.queue.size) {
      const seat = this.#pick(size);
      if (seat === null || !this.#fill(seat, size)) break;
    }
    if (this.queue.size === 0) this.#share();
    this.#watch();
  }

  /** Returns the worker that gets the next calls, null if none should have more. */
  #pick(size: number): Seat | null {
    let starting = 0;
    let best: Seat | null = null;
    for (const seat of this.#seats) {
      if (seat.state === "starting") {
        starting += 1;
        seat.ref(); // Somebody waits for it.
      }
      if (!this.#mayHaveMore(seat)) continue;
      if (seat.outstanding === 0) return seat;
      if (seat.load <= BATCH && (best === null || seat.load < best.load)) best = seat;
    }
    while (starting < size && this.#seats.length < this.#settings.maxWorkers) {
      starting += 1;
      if (!this.#workers.startOne()) return null;
    }
    const pace = this.queue.nextFunction()?.pace;
    return pace !== undefined && pace < LONG ? best : null;
  }

  #mayHaveMore(seat: Seat): boolean {
    return (
      seat.state === "ready" &&
      seat.hasFreeSlot &&
      seat.given < this.#settings.maxTasksPerChild &&
      seat.silence(hostNow()) < LOOK_EVERY
    );
  }

  /** Gives the worker the next calls. False if it could take none. */
  #fill(seat: Seat, size: number): boolean {
    const share = Math.max(1, Math.ceil(size / Math.min(this.#settings.maxWorkers, size)));
    let given = 0;
    const { maxTasksPerChild } = this.#settings;
    while (given < share && seat.hasFreeSlot && seat.given < maxTasksPerChild) {
      const pace = this.queue.nextFunction()?.pace;
      // Behind another call goes none that takes long, nor one that nobody knows, nor one that could not be taken back.
      if (seat.outstanding > 0 && (pace === undefined || pace > LONG || seat.load + pace > 2 * BATCH)) break;
      if (seat.outstanding > 0 && this.queue.nextMoves()) break;
      const call = this.queue.take(share);
      if (call === null) break;
      seat.give(call, (pace ?? LONG) * call.size);
      given += 1;
      if (pace === undefined) break;
    }
    if (given > 0) seat.send();
    return given > 0;
  }

  /** A worker has nothing to do, and nothing waits: it gets half of what waits at another one. */
  #share(): void {
    // A process would have to be asked, again and again; there it is left to the look of every few milliseconds.
    if (this.#seats.length < 2 || !this.#workers.shareSlots) return;
    const idle = this.#seats.find((seat) => seat.outstanding === 0 && this.#mayHaveMore(seat));
    if (idle === undefined) return;
    let busiest: Seat | null = null;
    for (const seat of this.#seats)
      if (seat.outstanding > 1 && seat.load > (busiest?.load ?? WORTH_TAKING)) busiest = seat;
    if (busiest === null) return;
    const taken = busiest.takeBack(Math.ceil((busiest.outstanding - 1) / 2));
    if (taken.length === 0) return;
    this.queue.giveBack(taken);
    this.#fill(idle, taken.length * this.#settings.maxWorkers);
  }

  /** As long as calls wait at workers, looks every few milliseconds whether one of them holds up the others. */
  #watch(): void {
    if (this.#isWatching || !this.#seats.some((seat) => seat.outstanding > 1)) return;
    this.#isWatching = true;
    afterDelay(LOOK_EVERY, () => {
      this.#isWatching = false;
      const now = hostNow();
      for (const seat of [...this.#seats]) {
        if (seat.silence(now) < LOOK_EVERY) continue;
        seat.collect();
        if (seat.outstanding > 1 && seat.silence(now) >= LOOK_EVERY)
          this.queue.giveBack(seat.takeBack(Infinity));
      }
      this.dispatch();
      this.#workers.moved();
    });
  }
}
