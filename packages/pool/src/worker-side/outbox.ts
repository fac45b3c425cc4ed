/**
 * Outbox: how a worker's results get to the executor.
 *
 *     thread:   number, boolean, null, undefined ──► a slot in shared memory, and now and then a TICK that says "look"
 *               anything else                    ──► a message at once
 *     process:  number, boolean, null, undefined ──► kept for a moment, to be sent with the next ones; the flight recorder has it meanwhile
 *               anything else                    ──► a message at once
 *
 * So what a call has returned is out of the worker's hands before the next call starts, whatever that one does.
 */
import {
  CHUNK_END,
  type CallSlots,
  type EncodedThrow,
  FAILURE,
  type FlightRecorder,
  type Pace,
  RESULTS,
  STARTED,
  TICK,
  canShareMessage,
  encodeThrow,
} from "../wire/index.ts";
import type { Channel } from "./channel.ts";
import type { FunctionEntry } from "./function-table.ts";

/**
 * Milliseconds between two ticks of a thread. A tick wakes the executor, which takes a processor from somebody: with one for each call of 100 us
 * they would take a tenth longer. Benchmark: calls that take 100 us.
 */
const TICK_EVERY = 0.3;
/** Milliseconds: no tick waits for a call that takes longer. Should it, by surprise, the executor finds what is done when it looks by itself. */
const SHORT = 0.15;
/** Milliseconds for which a process keeps results, and how many (the recorder has room for twice as many): a message costs either side about 5 us. */
const FLUSH_EVERY = 0.05;
const FLUSH_AT = 64;
/** Milliseconds: no result of a process waits for a call that takes longer. */
const QUICK = 0.03;

export interface Outbox {
  /** The call is about to start; results of earlier ones must not wait for it if it may take long. */
  beforeCall(seq: number, entry: FunctionEntry): void;
  /** The call has returned the value. `last`: there is nothing more to do. */
  returned(seq: number, value: unknown, entry: FunctionEntry, now: number, last: boolean): void;
  threw(seq: number, error: unknown): void;
  /** A chunk of a map has ended, all of it or with a throw of its item `values.length`. The values are copies. */
  chunkEnded(seq: number, values: readonly unknown[], error: EncodedThrow | null, entry: FunctionEntry): void;
  /** There is nothing more to do: all calls before `position` have ended, or were taken back. */
  rest(position: number): void;
  /** The worker is about to end. */
  flush(): void;
}

abstract class BaseOutbox {
  protected readonly channel: Channel;

  constructor(channel: Channel) {
    this.channel = channel;
  }

  threw(seq: number, error: unknown): void {
    this.flush();
    this.channel.post([FAILURE, seq, encodeThrow(error, this.channel.packing)]);
    this.told(seq);
  }

  chunkEnded(
    seq: number,
    values: readonly unknown[],
    error: EncodedThrow | null,
    entry: FunctionEntry,
  ): void {
    this.flush();
    try {
      this.channel.post([CHUNK_END, seq, this.channel.packing.pack(values), error, paceOf(entry)]);
    } catch (failure) {
      this.threw(seq, failure); // Nested so deep that copying was possible and sending is not.
      return;
    }
    this.told(seq);
  }

  /** Sends one result by itself. */
  protected send(seq: number, value: unknown, pace: Pace | null, last: boolean): void {
    try {
      this.channel.post([RESULTS, seq, this.channel.packing.pack([value]), seq + 1, pace, last]);
    } catch (error) {
      this.threw(seq, error);
      return;
    }
    this.told(seq);
  }

  /** The outcome of the call is in a message. */
  protected abstract told(seq: number): void;

  abstract flush(): void;
}

export class ThreadOutbox extends BaseOutbox implements Outbox {
  readonly #slots: CallSlots;
  /** Calls before this one have ended, and the executor may not have looked since `#tickedAt`. */
  #position = 0;
  #ticked = 0;
  #tickedAt = 0;
  #pace: FunctionEntry | null = null;

  constructor(channel: Channel, slots: CallSlots) {
    super(channel);
    this.#slots = slots;
  }

  beforeCall(_seq: number, entry: FunctionEntry): void {
    if (this.#ticked !== this.#position && (entry.pace === undefined || entry.pace > SHORT)) this.flush();
  }

  returned(seq: number, value: unknown, entry: FunctionEntry, now: number, last: boolean): void {
    if (!this.#slots.publish(seq, value)) {
      this.send(seq, value, paceOf(entry), last);
      this.#position = this.#ticked = seq + 1;
      this.#tickedAt = now;
      return;
    }
    this.#position = seq + 1;
    this.#pace = entry;
    if (!last && now - this.#tickedAt < TICK_EVERY) return;
    this.#tickedAt = now;
    this.flush();
  }

  rest(position: number): void {
    this.#position = position;
    this.flush();
  }

  flush(): void {
    if (this.#ticked === this.#position) return;
    this.#ticked = this.#position;
    this.channel.post([TICK, this.#position, this.#pace === null ? null : paceOf(this.#pace)]);
  }

  protected override told(seq: number): void {
    this.#slots.markTold(seq);
    this.#position = this.#ticked = seq + 1;
  }
}

export class ProcessOutbox extends BaseOutbox implements Outbox {
  /** Null if there is none: then nothing waits, and each start is announced. */
  #recorder: FlightRecorder | null;
  #first = 0;
  #values: unknown[] = [];
  #entry: FunctionEntry | null = null;
  #sentAt = 0;
  /** The executor has been told of a result and that there is more to do, so it knows that the next call starts. */
  #isStartImplied = false;

  constructor(channel: Channel, recorder: FlightRecorder | null) {
    super(channel);
    this.#recorder = recorder;
  }

  beforeCall(seq: number, entry: FunctionEntry): void {
    const isQuick = entry.pace !== undefined && entry.pace <= QUICK;
    const isNoted = this.#note(seq);
    if (isQuick && isNoted) return;
    this.flush();
    if (!this.#isStartImplied) this.channel.post([STARTED, seq]);
    this.#isStartImplied = false;
  }

  returned(seq: number, value: unknown, entry: FunctionEntry, now: number, last: boolean): void {
    const mayWait = this.#recorder?.done(seq, value) === true;
    // An object cannot wait: the next call may change it.
    if (!mayWait && !canShareMessage(value)) {
      this.flush();
      this.send(seq, value, paceOf(entry), last);
      this.#isStartImplied = !last;
      return;
    }
    if (this.#first + this.#values.length !== seq) this.flush(); // A call in between was taken back.
    if (this.#values.length === 0) this.#first = seq;
    this.#values.push(value);
    this.#entry = entry;
    const isDue = this.#values.length >= FLUSH_AT || now - this.#sentAt >= FLUSH_EVERY;
    if (mayWait && !last && !isDue) return;
    this.#sentAt = now;
    this.#send(last);
  }

  rest(position: number): void {
    this.flush();
    this.channel.post([RESULTS, position, [], position, null, true]);
  }

  flush(): void {
    if (this.#values.length > 0) this.#send(false);
  }

  protected override told(): void {
    this.#isStartImplied = false; // There is no slot to mark.
  }

  /** Notes the start of the call. User code may have closed the recorder's file: then there is none any more. */
  #note(seq: number): boolean {
    try {
      this.#recorder?.start(seq);
    } catch {
      this.#recorder = null;
    }
    return this.#recorder !== null;
  }

  #send(last: boolean): void {
    const values = this.#values;
    this.#values = [];
    const pace = this.#entry === null ? null : paceOf(this.#entry);
    this.channel.post([RESULTS, this.#first, values, this.#first + values.length, pace, last]);
    this.#isStartImplied = !last;
  }
}

function paceOf({ number, pace }: FunctionEntry): Pace {
  return [number, pace ?? 0];
}
