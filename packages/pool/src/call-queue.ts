/**
 * CallQueue: the calls that no worker has yet, first in, first out. Those taken back from a worker go to their old place.
 *
 * A map stands in the queue as one entry, and is cut into calls as workers come for them: so its chunks are sized by the newest measurement, and a
 * million items need no million calls. Cancelled calls stay where they are until their turn comes, and are passed over.
 *
 * An array with a moving head: `shift` of a long array moves all the others.
 */
import { Call } from "./call.ts";
import type { FunctionReference } from "./wire/index.ts";

/** Something that calls are cut from. */
export interface CallSource {
  readonly fn: FunctionReference;
  /** How many items it has that could be cut off now; at 0 it leaves the queue. */
  readonly available: number;
  /** @param share - items at most, for a fair distribution */
  cut(share: number): Call;
  /** It has left the queue, and is to come again when it has more. */
  dequeued(): void;
}

type Entry = Call | CallSource;

/** The head moves so far before the array is cut. */
const SLACK = 4096;

export class CallQueue {
  #entries: Entry[] = [];
  #head = 0;
  #live = 0;
  readonly #sources = new Set<CallSource>();
  /** Taken back, by id. */
  #returned: Call[] = [];

  /** How many calls and items wait. */
  get size(): number {
    let size = this.#live;
    for (const source of this.#sources) size += source.available;
    return size;
  }

  push(call: Call): void {
    this.#live += 1;
    call.isQueued = true;
    this.#entries.push(call);
  }

  pushSource(source: CallSource): void {
    if (this.#sources.has(source)) return;
    this.#sources.add(source);
    this.#entries.push(source);
  }

  /** Puts calls back that were taken out. */
  giveBack(calls: readonly Call[]): void {
    if (calls.length === 0) return;
    this.#live += calls.length;
    for (const call of calls) call.isQueued = true;
    this.#returned = [...calls, ...this.#returned].sort((left, right) => left.id - right.id);
  }

  /** The call has ended where it stands. */
  noteEnded(call: Call): void {
    call.isQueued = false;
    this.#live -= 1;
  }

  /** The function that comes next, null if nothing waits. */
  nextFunction(): FunctionReference | null {
    return this.#peek()?.fn ?? null;
  }

  /** Whether the next one takes its arguments to the worker for good: it must not wait there behind another one. */
  nextMoves(): boolean {
    const entry = this.#peek();
    return entry !== null && !isSource(entry) && entry.transfer.length > 0;
  }

  /** Takes the next call; null if nothing waits. */
  take(share: number): Call | null {
    const entry = this.#peek();
    if (entry === null) return null;
    if (isSource(entry)) {
      const call = entry.cut(share);
      if (entry.available === 0) this.#dropHead();
      return call;
    }
    if (this.#returned.length > 0) this.#returned.shift();
    else this.#dropHead();
    this.#live -= 1;
    entry.isQueued = false;
    return entry;
  }

  /** Empties it, and returns the calls that have not ended. Sources are told by those who own them. */
  clear(): Call[] {
    const calls: Call[] = [];
    for (const entry of [...this.#returned, ...this.#entries.slice(this.#head)])
      if (!isSource(entry) && !entry.hasEnded) calls.push(entry);
    for (const call of calls) call.isQueued = false;
    this.#entries = [];
    this.#returned = [];
    this.#head = this.#live = 0;
    this.#sources.clear();
    return calls;
  }

  #peek(): Entry | null {
    for (let call = this.#returned[0]; call !== undefined; call = this.#returned[0]) {
      if (!call.hasEnded) return call;
      this.#returned.shift();
    }
    while (this.#head < this.#entries.length) {
      const entry = this.#entries[this.#head]!;
      if (isSource(entry) ? entry.available > 0 : !entry.hasEnded) return entry;
      this.#dropHead();
    }
    return null;
  }

  #dropHead(): void {
    const entry = this.#entries[this.#head];
    this.#entries[this.#head] = undefined as never; // Not kept until the array is cut.
    this.#head += 1;
    if (entry !== undefined && isSource(entry)) {
      this.#sources.delete(entry);
      entry.dequeued();
    }
    if (this.#head === this.#entries.length) {
      this.#entries = [];
      this.#head = 0;
    } else if (this.#head > SLACK && this.#head * 2 > this.#entries.length) {
      this.#entries = this.#entries.slice(this.#head);
      this.#head = 0;
    }
  }
}

function isSource(entry: Entry): entry is CallSource {
  return !(entry instanceof Call);
}
