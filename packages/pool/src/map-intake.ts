/**
 * MapIntake: the items of a map that no worker has yet. They are read as there is room for them.
 *
 *     input ──read──► items ──take──► chunks          at most bufferSize items between reading and handing out
 *
 * An item is counted as under way from here on. The input runs in the async context of whoever has called `map`, whatever causes the reading.
 */
import { AsyncResource } from "node:async_hooks";

import type { MapOptions } from "@async/futures";

import { type Input, type Thrown, openInput } from "./map-input.ts";
import type { Room } from "./room.ts";

/** Whoever lets the items in. */
export interface IntakeHost {
  readonly room: Room;
  /** Why nothing can be taken in any more, null if it can. */
  refusal(): Error | null;
  /** These were let in, and will not be done. */
  itemsDropped(count: number): void;
}

/** Without `bufferSize` so many items are read ahead of an async input. */
const READ_AHEAD = 1024;

export class MapIntake {
  readonly #host: IntakeHost;
  readonly #context = new AsyncResource("AsyncPoolMap");
  readonly #input: Input;
  readonly #chunkSize: number | undefined;
  readonly #bufferSize: number;
  readonly #onMove: (failure: Thrown | null) => void;
  /** From `#head` on. */
  #items: unknown[] = [];
  #head = 0;
  /** Read and not yet handed out. */
  #inside = 0;
  /** In the line of those who wait for room. */
  #ticket: number | null = null;
  #isReading = false;
  #isStopped = false;

  /**
   * @param onMove - called when there may be more to read: there is room, or an async input has given something or has failed
   * @throws TypeError for what cannot be iterated.
   */
  constructor(
    host: IntakeHost,
    input: Iterable<unknown> | AsyncIterable<unknown>,
    { bufferSize, chunkSize }: MapOptions,
    onMove: (failure: Thrown | null) => void,
  ) {
    this.#host = host;
    this.#input = openInput(input, onMove);
    this.#chunkSize = chunkSize;
    this.#bufferSize = bufferSize ?? (this.#input.isAsync ? READ_AHEAD : Infinity);
    this.#onMove = onMove;
  }

  /** Nothing more is read. */
  get isExhausted(): boolean {
    return this.#isStopped || this.#input.isExhausted;
  }

  get size(): number {
    return this.#items.length - this.#head;
  }

  /** How many items can be taken now: a whole chunk, or what there is if no more can be added to it before some have ended. */
  get available(): number {
    const { size } = this;
    const isWhole =
      this.#chunkSize === undefined ||
      size >= this.#chunkSize ||
      this.#mayReadNoMore() ||
      this.#ticket !== null;
    return isWhole ? size : 0;
  }

  /** Takes the next items, at most `most` if no `chunkSize` was given. */
  take(most: number): unknown[] {
    const end = Math.min(this.#head + (this.#chunkSize ?? most), this.#items.length);
    const items = this.#items.slice(this.#head, end);
    this.#head = end;
    if (end === this.#items.length) this.#clear();
    return items;
  }

  /** The result of an item has been handed out. */
  handedOut(): void {
    this.#inside -= 1;
  }

  /**
   * Reads as much as may be read.
   *
   * @throws what the input throws; why nothing can be taken in any more.
   */
  read(): void {
    // An input whose own code leads here is being read already, and that goes on.
    if (this.#isReading || this.#mayReadNoMore()) return;
    this.#isReading = true;
    try {
      this.#context.runInAsyncScope(this.#readOn, this);
    } finally {
      this.#isReading = false;
    }
  }

  /** Forgets the items; returns how many. */
  drop(): number {
    const { size } = this;
    if (size === 0) return 0;
    this.#inside -= size;
    this.#clear();
    this.#host.itemsDropped(size);
    return size;
  }

  /** Reads nothing more, whatever places become free. */
  stop(): void {
    this.#isStopped = true;
    if (this.#ticket === null) return;
    this.#host.room.leave(this.#ticket);
    this.#ticket = null;
  }

  /** Reads nothing more, and lets the input clean up. Returns what it throws at that. */
  close(): Thrown | null {
    this.stop();
    return this.#input.isExhausted ? null : this.#context.runInAsyncScope(() => this.#input.close());
  }

  #readOn(): void {
    const { room } = this.#host;
    while (!this.#mayReadNoMore()) {
      const refusal = this.#host.refusal();
      if (refusal !== null) throw refusal;
      if (room.left <= 0) {
        this.#ticket ??= room.wait(this.#onRoom);
        return;
      }
      if (!this.#input.read(this.#accept)) return;
    }
  }

  #mayReadNoMore(): boolean {
    return this.isExhausted || this.#inside >= this.#bufferSize;
  }

  readonly #accept = (item: unknown): void => {
    this.#items.push(item);
    this.#inside += 1;
    this.#host.room.add(1);
  };

  readonly #onRoom = (): void => {
    this.#ticket = null;
    this.#onMove(null);
  };

  #clear(): void {
    this.#items = [];
    this.#head = 0;
  }
}
