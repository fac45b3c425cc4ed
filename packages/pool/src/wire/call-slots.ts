/**
 * CallSlots: one slot of memory for each call that a worker was given and has not ended.
 *
 *     open ──claim──► running ──publish──► done (with its value, if it is a number, a boolean, null or undefined)
 *       └──take──► taken                                 └ else "told": the value is in a message
 *
 * With a thread the memory is shared. So the executor takes a call back, or the worker starts it, but never both (compare-and-swap); a crash tells
 * which call had started; and what a call has returned is there for the executor before the next call starts, whatever that one does.
 * A worker process keeps slots of its own.
 */

/** So many calls can be in flight at one worker: the calls of the next two milliseconds, of the quickest function. */
export const SLOT_COUNT = 4096;
const MASK = SLOT_COUNT - 1;

const OPEN = 1;
const RUNNING = 2;
const TAKEN = 3;
/** Runs, but nobody wants the result: a chunk of a map stops at its next item. */
const UNWANTED = 4;
const TOLD = 5;
const NUMBER = 6;
const UNDEFINED = 7;
const NULL = 8;
const TRUE = 9;
const FALSE = 10;

export type SlotState = "open" | "running" | "taken" | "told" | "done";

/** Behind the slots: how often the bell was rung, and whether the worker is about to end. */
const BELL = SLOT_COUNT;
const LEAVING = SLOT_COUNT + 1;

export class CallSlots {
  readonly memory: ArrayBufferLike;
  readonly #states: Int32Array;
  readonly #values: Float64Array;

  /** @param memory - of another `CallSlots`, to share it */
  constructor(memory: ArrayBufferLike = new SharedArrayBuffer(SLOT_COUNT * 12 + 8)) {
    this.memory = memory;
    this.#values = new Float64Array(memory, 0, SLOT_COUNT);
    this.#states = new Int32Array(memory, SLOT_COUNT * 8, SLOT_COUNT + 2);
  }

  /** Wakes the worker if it listens: it was sent something. */
  ring(): void {
    Atomics.add(this.#states, BELL, 1);
    Atomics.notify(this.#states, BELL);
  }

  get rings(): number {
    return Atomics.load(this.#states, BELL);
  }

  /** Blocks the thread until the bell was rung more often than `rings`, or for so many milliseconds; then it returns false. */
  listen(rings: number, milliseconds: number): boolean {
    return Atomics.wait(this.#states, BELL, rings, milliseconds) !== "timed-out";
  }

  /** The worker is about to end: it starts nothing more. */
  markLeaving(): void {
    Atomics.store(this.#states, LEAVING, 1);
  }

  get isLeaving(): boolean {
    return Atomics.load(this.#states, LEAVING) === 1;
  }

  /** Makes the slot ready for a call that is about to be sent. */
  open(seq: number): void {
    Atomics.store(this.#states, seq & MASK, OPEN);
  }

  /** Starts the call; false if it was taken back. */
  claim(seq: number): boolean {
    return Atomics.compareExchange(this.#states, seq & MASK, OPEN, RUNNING) === OPEN;
  }

  /** Takes the call back; false if it has started. */
  take(seq: number): boolean {
    return Atomics.compareExchange(this.#states, seq & MASK, OPEN, TAKEN) === OPEN;
  }

  /** The call runs and is no longer wanted. */
  markUnwanted(seq: number): void {
    Atomics.compareExchange(this.#states, seq & MASK, RUNNING, UNWANTED);
  }

  isUnwanted(seq: number): boolean {
    return Atomics.load(this.#states, seq & MASK) === UNWANTED;
  }

  /** The call has ended, and its outcome is in a message. */
  markTold(seq: number): void {
    Atomics.store(this.#states, seq & MASK, TOLD);
  }

  /** The call has ended with this value. False if the value does not fit into a slot. */
  publish(seq: number, value: unknown): boolean {
    const index = seq & MASK;
    let state: number;
    if (typeof value === "number") {
      this.#values[index] = value;
      state = NUMBER;
    } else if (value === undefined) state = UNDEFINED;
    else if (value === null) state = NULL;
    else if (typeof value === "boolean") state = value ? TRUE : FALSE;
    else return false;
    Atomics.store(this.#states, index, state);
    return true;
  }

  state(seq: number): SlotState {
    switch (Atomics.load(this.#states, seq & MASK)) {
      case OPEN:
        return "open";
      case RUNNING:
      case UNWANTED:
        return "running";
      case TAKEN:
        return "taken";
      case TOLD:
        return "told";
      default:
        return "done";
    }
  }

  /** The value of a call that is done. */
  value(seq: number): unknown {
    const index = seq & MASK;
    switch (this.#states[index]) {
      case NUMBER:
        return this.#values[index];
      case NULL:
        return null;
      case TRUE:
        return true;
      case FALSE:
        return false;
      default:
        return undefined;
    }
  }
}
