/**
 * ItemHeap: items by a comparator, the smallest first; equal ones in the order in which they came.
 *
 * A binary heap. The timer heap of the loop is another one: it compares deadlines, which cannot fail, and forgets cancelled timers. This one runs code
 * of the user, which may throw: so it first looks for the place, comparing, and only then moves anything. After a throw all is as before.
 */
import { inspect } from "node:util";

import type { Compare } from "./compare.ts";
import type { QueueItems } from "./queue-items.ts";

interface Entry<T> {
  readonly item: T;
  /** Breaks ties: items put in earlier go first. */
  readonly order: number;
}

export class ItemHeap<T> implements QueueItems<T> {
  readonly #entries: Entry<T>[] = [];
  readonly #compare: Compare<T>;
  #order = 0;

  constructor(compare: Compare<T>) {
    this.#compare = compare;
  }

  get size(): number {
    return this.#entries.length;
  }

  push(item: T): void {
    const entries = this.#entries;
    const entry = { item, order: this.#order };
    const place = this.#placeOnWayUp(entry);
    this.#order += 1;
    let index = entries.length;
    for (; index > place; index = parentOf(index)) entries[index] = entries[parentOf(index)]!;
    entries[place] = entry;
  }

  take(): T {
    const entries = this.#entries;
    const place = this.#placeOnWayDown(entries.at(-1)!);
    let entry = entries.pop()!;
    if (entries.length === 0) return entry.item;
    // The last one goes there, and all on the way up to the root move one up.
    for (let index = place; ; index = parentOf(index)) {
      const moved = entries[index]!;
      entries[index] = entry;
      entry = moved;
      if (index === 0) return entry.item;
    }
  }

  clear(): void {
    this.#entries.length = 0;
  }

  /** Where the new entry belongs, between the end and the root. */
  #placeOnWayUp(entry: Entry<T>): number {
    let index = this.#entries.length;
    while (index > 0 && this.#isBefore(entry, this.#entries[parentOf(index)]!)) index = parentOf(index);
    return index;
  }

  /**
   * Where the last entry belongs once the root is gone, on the way down along the smaller children. It is nearly always near the end of that
   * way, so it is looked for from there: half as many comparisons (as in Python's heapq).
   */
  #placeOnWayDown(last: Entry<T>): number {
    const entries = this.#entries;
    const length = entries.length - 1;
    let index = 0;
    for (let child = 1; child < length; child = 2 * index + 1) {
      if (child + 1 < length && this.#isBefore(entries[child + 1]!, entries[child]!)) child += 1;
      index = child;
    }
    while (index > 0 && this.#isBefore(last, entries[index]!)) index = parentOf(index);
    return index;
  }

  #isBefore(a: Entry<T>, b: Entry<T>): boolean {
    const order: unknown = this.#compare(a.item, b.item);
    if (typeof order !== "number" || Number.isNaN(order))
      throw new TypeError(
        `The comparator of a PriorityQueue returns a number as for Array.sort, got ${inspect(order)}`,
      );
    return order < 0 || (order === 0 && a.order < b.order);
  }
}

function parentOf(index: number): number {
  return (index - 1) >> 1;
}
