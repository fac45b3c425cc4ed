/**
 * InFlight: the calls at one worker that have not ended, by their number there (`seq`).
 *
 *        passed        oldest                      next
 *     ─────┴──────────────┴──── call ─ · ─ call ─────┴──►          · has ended, or was taken back
 *
 * They end in order, but for those taken back. A seq is a place in a ring, as in the worker's slots: it is used again once the worker is past it.
 */
import type { Call } from "./call.ts";
import { type CallSlots, SLOT_COUNT } from "./wire/index.ts";

const MASK = SLOT_COUNT - 1;

export class InFlight {
  readonly #calls: (Call | undefined)[] = new Array<Call | undefined>(SLOT_COUNT);
  #oldest = 0;
  #next = 0;
  #passed = 0;
  #size = 0;
  #load = 0;

  /** How many there are. */
  get size(): number {
    return this.#size;
  }

  /** Milliseconds that they are expected to take. */
  get load(): number {
    return this.#load;
  }

  /** The first one, or where the next one will be. */
  get oldest(): number {
    return this.#oldest;
  }

  /** The worker is past all calls before this one. */
  get passed(): number {
    return this.#passed;
  }

  get next(): number {
    return this.#next;
  }

  get hasRoom(): boolean {
    return this.#next - this.#passed < SLOT_COUNT;
  }

  /** Adds a call, and gives it its number. */
  add(call: Call): void {
    call.seq = this.#next++;
    this.#calls[call.seq & MASK] = call;
    this.#size += 1;
    this.#load += call.cost;
  }

  /** The call at that number, if there is one: a late or foreign message names none. */
  at(seq: number): Call | undefined {
    return seq < this.#oldest || seq >= this.#next ? undefined : this.#calls[seq & MASK];
  }

  has(call: Call): boolean {
    return this.at(call.seq) === call;
  }

  remove(call: Call): void {
    this.#calls[call.seq & MASK] = undefined;
    this.#size -= 1;
    this.#load = this.#size === 0 ? 0 : this.#load - call.cost;
    while (this.#oldest < this.#next && this.#calls[this.#oldest & MASK] === undefined) this.#oldest += 1;
  }

  /** The worker is past all calls before the position. */
  pass(position: number): void {
    if (position > this.#passed && position <= this.#next) this.#passed = position;
  }

  /** Ends the calls of a thread whose results stand in its slots; returns how many. */
  collect(slots: CallSlots): number {
    let collected = 0;
    const next = this.#next;
    for (let seq = this.#oldest; seq < next; seq++) {
      const call = this.at(seq);
      if (call === undefined) continue;
      const state = slots.state(seq);
      if (state === "told") continue; // The message with that outcome is on its way.
      if (state !== "done") break;
      const value = slots.value(seq);
      this.pass(seq + 1);
      this.remove(call);
      call.succeed(value);
      collected += 1;
    }
    return collected;
  }

  /** Takes all of them out, in order. */
  clear(): Call[] {
    const calls: Call[] = [];
    for (let seq = this.#oldest; seq < this.#next; seq++) {
      const call = this.#calls[seq & MASK];
      if (call !== undefined) calls.push(call);
      this.#calls[seq & MASK] = undefined;
    }
    this.#oldest = this.#next;
    this.#size = this.#load = 0;
    return calls;
  }
}
