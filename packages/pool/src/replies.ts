/**
 * Replies: what a worker says of the calls that it has, in messages and in its slots, comes to those calls here.
 *
 *     STARTED, PROGRESS ──► call.started | call.progress
 *     slots, RESULTS, CHUNK_END, FAILURE, UNREADABLE ──► call.succeed | call.fail
 *
 * What comes late, or of a call that there is not, is dropped.
 */
import type { Call } from "./call.ts";
import type { InFlight } from "./in-flight.ts";
import {
  CHUNK_END,
  type CallSlots,
  type EncodedThrow,
  FAILURE,
  type FromWorker,
  PROGRESS,
  type Packed,
  RESULTS,
  STARTED,
  TICK,
  UNREADABLE,
  decodeThrow,
  notePace,
  unpack,
} from "./wire/index.ts";

/** The messages that are about calls. */
export type Reply = Extract<
  FromWorker,
  readonly [
    (
      | typeof STARTED
      | typeof PROGRESS
      | typeof TICK
      | typeof RESULTS
      | typeof FAILURE
      | typeof CHUNK_END
      | typeof UNREADABLE
    ),
    ...unknown[],
  ]
>;

export class Replies {
  readonly #calls: InFlight;
  readonly #workerName: string;

  constructor(calls: InFlight, workerName: string) {
    this.#calls = calls;
    this.#workerName = workerName;
  }

  /** Returns whether calls may have ended. */
  hear(reply: Reply, slots: CallSlots | null): boolean {
    switch (reply[0]) {
      case STARTED:
        this.#calls.pass(reply[1]);
        this.#calls.at(reply[1])?.started();
        return false;
      case PROGRESS:
        this.#hearProgress(reply[1], reply[2]);
        return false;
      case TICK:
        notePace(reply[2]);
        this.collect(slots);
        this.#calls.pass(reply[1]);
        return true;
      case RESULTS: {
        const [, seq, packed, position, pace, isLast] = reply;
        notePace(pace);
        this.collect(slots);
        for (const [index, value] of this.#unpack(seq, packed, "result").entries())
          this.#end(seq + index, (call) => {
            call.succeed(value);
          });
        this.#calls.pass(position);
        if (!isLast) this.#calls.at(position)?.started();
        return true;
      }
      case FAILURE:
        this.collect(slots);
        this.#end(reply[1], (call) => {
          call.fail(this.#decode(reply[2], call));
        });
        return true;
      case CHUNK_END: {
        const [, seq, packed, error, pace] = reply;
        notePace(pace);
        const values = this.#unpack(seq, packed, "results");
        this.#end(seq, (call) => {
          call.succeed({ values, error: error === null ? null : { thrown: this.#decode(error, call) } });
        });
        return true;
      }
      case UNREADABLE:
        this.failUnread(reply[1], "arguments");
        return true;
    }
  }

  /** Ends the calls of a thread whose results stand in its slots; returns how many. */
  collect(slots: CallSlots | null): number {
    return slots === null ? 0 : this.#calls.collect(slots);
  }

  /** What was said of that call cannot be read. */
  failUnread(seq: number, what: string): void {
    this.#end(seq, (call) => {
      call.fail(unread(what, call));
    });
  }

  /** The call at that number has ended, if there is one. */
  #end(seq: number, finish: (call: Call) => void): void {
    const call = this.#calls.at(seq);
    if (call === undefined) return;
    this.#calls.remove(call);
    this.#calls.pass(seq + 1);
    finish(call);
  }

  /** Gets the values out of a message. If they cannot be read, the call fails, and there are none. */
  #unpack(seq: number, packed: Packed, what: string): readonly unknown[] {
    try {
      return unpack(packed);
    } catch {
      this.failUnread(seq, what);
      return [];
    }
  }

  /** The call goes on, whether its report can be read or not. */
  #hearProgress(seq: number, packed: Packed): void {
    const call = this.#calls.at(seq);
    if (call === undefined || call.hasEnded) return;
    let value: unknown;
    try {
      [value] = unpack(packed);
    } catch {
      call.progressFailed(unread("progress", call));
      return;
    }
    call.progress(value);
  }

  #decode(error: EncodedThrow, call: Call): unknown {
    return decodeThrow(error, `${call.toString()}, in ${this.#workerName}`);
  }
}

function unread(what: string, call: Call): DOMException {
  return new DOMException(`The ${what} of ${call.toString()} could not be read`, "DataCloneError");
}
