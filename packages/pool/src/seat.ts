/**
 * Seat: one worker, as the executor sees it, with the calls that it was given and has not ended.
 *
 *     starting ──READY──► ready ──stop──► leaving ──► gone          at any time: it dies, or is killed
 *
 * With a thread what has ended, runs, or can still be taken back stands in shared memory (`CallSlots`); with a process it follows from the messages.
 *
 *     give ──► OutgoingCalls ──send──► messages ──► worker ──► message() ──► Replies ──► call.succeed | call.fail
 */
import type { WorkerEvents, WorkerLink } from "./backend.ts";
import type { Call, Place, Withdrawal } from "./call.ts";
import type { Death } from "./errors.ts";
import { grantGrace } from "./grace.ts";
import { afterDelay, afterTick, hostNow } from "./host.ts";
import { InFlight } from "./in-flight.ts";
import { OutgoingCalls } from "./outgoing-calls.ts";
import { Replies } from "./replies.ts";
import {
  CANCEL,
  type FromWorker,
  READY,
  SKIP,
  STOP,
  STRAY,
  TAKE,
  TAKEN,
  UNUSABLE,
  decodeThrow,
  encodeThrow,
} from "./wire/index.ts";

/** Milliseconds that a worker gets to end by itself, when it has nothing to do or was asked politely. */
const STOP_GRACE = 500;

export type SeatState = "starting" | "ready" | "leaving" | "gone";

/** Whoever has the seats. */
export interface SeatOwner {
  /** Something has changed: calls have ended, or the worker is ready. */
  seatMoved(seat: Seat): void;
  /** These calls had not started, and are to be given to another worker. */
  takenBack(calls: Call[]): void;
  /** The worker's initializer has failed. */
  seatUnusable(seat: Seat, error: unknown): void;
  /** The worker is being ended for a call that does not stop: it counts no longer. */
  seatLeaving(seat: Seat): void;
  /** It is gone. `lost`: the calls that had started; `unstarted`: the others. */
  seatGone(seat: Seat, death: Death, lost: Call[], unstarted: Call[]): void;
  report(error: unknown): void;
}

export class Seat implements Place, WorkerEvents {
  readonly name: string;
  readonly #owner: SeatOwner;
  readonly #cancelGrace: number;
  readonly #calls = new InFlight();
  readonly #replies: Replies;
  readonly #outgoing = new OutgoingCalls();
  #link: WorkerLink | null = null;
  #state: SeatState = "starting";
  #wasReady = false;
  /** As workers are when they start. */
  #isRef = true;
  #given = 0;
  #lastNews = 0;
  /** A process was asked for what it has not started, and has not answered. */
  #isAsked = false;

  constructor(name: string, owner: SeatOwner, cancelGrace: number) {
    this.name = name;
    this.#owner = owner;
    this.#cancelGrace = cancelGrace;
    this.#replies = new Replies(this.#calls, name);
  }

  /** The worker was started. */
  take(link: WorkerLink): void {
    this.#link = link;
  }

  get state(): SeatState {
    return this.#state;
  }

  /** Whether it got as far as to serve. */
  get wasReady(): boolean {
    return this.#wasReady;
  }

  /** The id of its thread or process. */
  get id(): number {
    return this.#link?.id ?? 0;
  }

  /** How many calls it has that have not ended. */
  get outstanding(): number {
    return this.#calls.size;
  }

  /** Milliseconds that they are expected to take. */
  get load(): number {
    return this.#calls.load;
  }

  /** How many calls it was given, not counting those taken back. */
  get given(): number {
    return this.#given;
  }

  get hasFreeSlot(): boolean {
    return this.#calls.hasRoom;
  }

  /** Its end is on its way, though it has not been told of yet. */
  get isEnding(): boolean {
    return this.#link?.slots?.isLeaving === true;
  }

  /** Milliseconds since it was heard of, or began to work. */
  silence(now: number): number {
    return this.#calls.size === 0 ? 0 : now - this.#lastNews;
  }

  /** Has it keep the program alive. */
  ref(): void {
    if (this.#isRef) return;
    this.#isRef = true;
    this.#link!.ref();
  }

  /** Has it keep the program alive no longer. */
  unref(): void {
    if (!this.#isRef) return;
    this.#isRef = false;
    this.#link!.unref();
  }

  /** Gives it a call that is expected to take so many milliseconds; `send` has to follow. */
  give(call: Call, cost: number): void {
    if (this.#calls.size === 0) {
      this.#lastNews = hostNow();
      this.ref();
    }
    call.place = this;
    call.cost = cost;
    this.#calls.add(call);
    this.#given += 1;
    this.#link!.slots?.open(call.seq);
    this.#outgoing.add(call);
  }

  /** Sends what was given. A call that cannot be sent fails by itself. */
  send(): void {
    const given = this.#given;
    this.#outgoing.send(this.#link!, (call, error) => {
      this.#link!.slots?.take(call.seq);
      this.#link!.post([SKIP, call.seq], []);
      this.#calls.remove(call);
      this.#given -= 1;
      call.fail(error);
    });
    // Whoever has given it the call looks at it once more when he is through.
    if (this.#given < given)
      afterTick(() => {
        if (this.#state !== "gone") this.#owner.seatMoved(this);
      });
  }

  /** Takes back up to `count` calls that have not started, the last ones first. Returns them in order; a process gives them later. `forGood`: they will not be sent again. */
  takeBack(count: number, forGood = false): Call[] {
    const slots = this.#link!.slots;
    const taken: Call[] = [];
    const asked: number[] = [];
    const { next, oldest } = this.#calls;
    for (let seq = next - 1; seq >= oldest && taken.length + asked.length < count; seq--) {
      const call = this.#calls.at(seq);
      if (call === undefined || call.hasEnded || (call.args === null && !forGood)) continue;
      if (slots === null) asked.push(seq);
      else if (slots.take(seq)) {
        this.#calls.remove(call);
        taken.push(call);
      } else break; // It runs, so all before it have ended.
    }
    if (asked.length > 0 && !this.#isAsked) {
      this.#isAsked = true;
      this.#link!.post([TAKE, asked], []);
    }
    return this.#release(taken.reverse());
  }

  isRunning(call: Call): boolean {
    const slots = this.#link!.slots;
    if (slots === null) {
      if (!call.startSeen && this.#state === "ready") this.#look();
      // It starts them in order, and its notes go back only so far.
      return call.startSeen || call.seq < this.#calls.passed;
    }
    const state = slots.state(call.seq);
    return state !== "open" && state !== "taken";
  }

  withdraw(call: Call, why: Withdrawal, reason: unknown): void {
    if (this.#state === "gone") return;
    const slots = this.#link!.slots;
    if (slots?.take(call.seq) === true) {
      this.#calls.remove(call);
      this.#owner.seatMoved(this);
      return;
    }
    slots?.markUnwanted(call.seq);
    if (why === "close" && slots !== null) return;
    this.#link!.post(
      [CANCEL, call.seq, why, reason === undefined ? null : encodeThrow(reason, this.#link!.packing)],
      [],
    );
    if (why === "close") return;
    grantGrace(call, {
      calls: this.#calls,
      isExact: slots !== null,
      grace: this.#cancelGrace,
      lastNews: () => this.#lastNews,
      endWorker: () => {
        this.kill();
        this.#owner.seatLeaving(this);
      },
    });
  }

  /** Has the worker end by itself, once it has nothing left to do. */
  stop(): void {
    if (this.#state === "starting") {
      this.kill(); // It reads no messages yet.
      return;
    }
    this.#leave();
    this.#link!.post([STOP], []);
    this.#killLater();
  }

  /** Ends the worker whatever it does; `politely` lets a process clean up if it can. */
  kill(politely = false): void {
    if (this.#state === "gone") return;
    this.#leave();
    this.#link?.kill(politely);
    if (politely) this.#killLater();
  }

  /** Looks what the worker has done since it last told. */
  collect(): void {
    if (this.#link!.slots !== null) this.#collectSlots();
    else if (this.#state === "ready") this.#look();
  }

  message(message: FromWorker): void {
    if (this.#state === "gone") return;
    this.#lastNews = hostNow();
    switch (message[0]) {
      case READY:
        if (this.#state === "starting") this.#state = "ready";
        this.#wasReady = true;
        break;
      case UNUSABLE:
        if (this.#wasReady) return; // Not ours.
        this.#owner.seatUnusable(this, decodeThrow(message[1], `initializer, in ${this.name}`));
        return;
      case TAKEN:
        this.#isAsked = false;
        this.#owner.takenBack(this.#takenBy(message[1]));
        break;
      case STRAY:
        this.#owner.report(decodeThrow(message[1], `outside of a call, in ${this.name}`));
        return;
      default:
        if (!this.#replies.hear(message, this.#link!.slots)) return;
    }
    this.#owner.seatMoved(this);
  }

  /** Only arguments and results of a thread come in messages that may be such; so it is the result of the first call that has not ended. */
  unreadable(): void {
    if (this.#state === "gone") return;
    if (this.#state === "starting") {
      const text = `What ${this.name} said at its start could not be read`;
      this.#owner.seatUnusable(this, new DOMException(text, "DataCloneError"));
      return;
    }
    this.#collectSlots();
    this.#replies.failUnread(this.#calls.oldest, "result");
    this.#owner.seatMoved(this);
  }

  died(death: Death): void {
    if (this.#state === "gone") return;
    this.#collectSlots();
    const lost: Call[] = [];
    const unstarted: Call[] = [];
    // What has started is never made a second time, and what has taken its arguments along cannot be.
    for (const call of this.#calls.clear())
      if (!call.hasEnded) (this.isRunning(call) || call.args === null ? lost : unstarted).push(call);
    this.#state = "gone";
    this.#owner.seatGone(this, death, lost, this.#release(unstarted));
  }

  #collectSlots(): void {
    if (this.#replies.collect(this.#link!.slots) > 0) this.#lastNews = hostNow();
  }

  /** What a process has noted is no news of it, unless a call has ended. */
  #look(): void {
    const { size } = this.#calls;
    const lastNews = this.#lastNews;
    this.#link!.look();
    if (this.#calls.size === size) this.#lastNews = lastNews;
  }

  #leave(): void {
    this.#state = "leaving";
    this.ref(); // The program lives on until it is gone: somebody may wait for that.
  }

  #killLater(): void {
    afterDelay(STOP_GRACE, () => {
      if (this.#state !== "gone") this.#link!.kill(false);
    });
  }

  /** Makes them calls that no worker has. */
  #release(calls: Call[]): Call[] {
    for (const call of calls) {
      call.place = null;
      this.#given -= 1;
    }
    return calls;
  }

  #takenBy(seqs: readonly number[]): Call[] {
    const taken: Call[] = [];
    for (const seq of seqs) {
      const call = this.#calls.at(seq);
      if (call === undefined) continue;
      this.#calls.remove(call); // The worker is not past it yet.
      if (!call.hasEnded) taken.push(call);
    }
    return this.#release(taken);
  }
}
