/**
 * Fifo: items first in, first out.
 *
 * An array of which the front part was taken already. That part is cut off once it is the larger one, so that each item is moved once on average,
 * and the array stays less than twice as long as what it holds. `Array.shift` moves all that is left, each time.
 */
import type { QueueItems } from "./queue-items.ts";

/** Shorter fronts are not worth cutting. */
const MIN_CUT = 32;

export class Fifo<T> implements QueueItems<T> {
  #items: (T | undefined)[] = [];
  /** Where the oldest item is. */
  #first = 0;

  get size(): number {
    return this.#items.length - this.#first;
  }

  /** The oldest item, which `take` would take; undefined if there is none. */
  get first(): T | undefined {
    return this.#items[this.#first];
  }

  push(item: T): void {
    this.#items.push(item);
  }

  take(): T {
    const items = this.#items;
    // Handing items over one by one, the usual case, moves nothing. Benchmark: queue of size 1.
    if (items.length === 1) return items.pop() as T;
    const item = items[this.#first] as T;
    items[this.#first] = undefined;
    this.#first += 1;
    if (this.#first === items.length) this.clear();
    else if (this.#first >= MIN_CUT && this.#first * 2 > items.length) {
      items.splice(0, this.#first);
      this.#first = 0;
    }
    return item;
  }

  clear(): void {
    this.#items.length = 0;
    this.#first = 0;
  }
}
