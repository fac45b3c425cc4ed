/**
 * TimerHeap: the timers of a loop by deadline; those with equal deadlines in the order in which they were set.
 *
 * A binary heap with lazy deletion: a cancelled timer stays where it is until it comes to the top, since finding it would take as long as
 * the whole heap is. Programs that set and cancel without end (a timeout for each request) would fill it: once more than half of it is
 * cancelled, it is rebuilt from the live ones, which costs each cancelled timer a constant share.
 *
 * Source: `_run_once` in Lib/asyncio/base_events.py.
 */
import type { TimerHandle } from "./handle.ts";

interface Entry {
  readonly when: number;
  /** Breaks ties: timers set earlier go first. */
  readonly order: number;
  readonly timer: TimerHandle;
}

/** Below this size a heap is not rebuilt: it is not worth the while. As in CPython. */
const MIN_REBUILD_SIZE = 100;

export class TimerHeap {
  #entries: Entry[] = [];
  #cancelled = 0;
  #order = 0;

  /** All timers that the heap holds, also those that were cancelled and not yet swept out. */
  get length(): number {
    return this.#entries.length;
  }

  /** Live timers. */
  get size(): number {
    return this.#entries.length - this.#cancelled;
  }

  push(timer: TimerHandle): void {
    this.#entries.push({ when: timer.when(), order: this.#order++, timer });
    this.#siftUp(this.#entries.length - 1);
  }

  /** Returns the deadline of the first live timer, Infinity when there is none that will ever be due. */
  nextDeadline(): number {
    for (let first = this.#entries[0]; first !== undefined; first = this.#entries[0]) {
      if (!first.timer.cancelled()) return first.when;
      this.#pop();
      this.#cancelled -= 1;
    }
    return Infinity;
  }

  /** Takes the first live timer that is due at `now`; null when there is none. */
  takeDue(now: number): TimerHandle | null {
    const deadline = this.nextDeadline();
    if (deadline > now || deadline === Infinity) return null;
    const timer = this.#pop();
    timer.leaveHeap();
    return timer;
  }

  /** A timer in the heap was cancelled. */
  noteCancelled(): void {
    this.#cancelled += 1;
    if (this.#entries.length <= MIN_REBUILD_SIZE || this.#cancelled * 2 <= this.#entries.length) return;
    this.#entries = this.#entries.filter(({ timer }) => !timer.cancelled());
    this.#cancelled = 0;
    for (let index = (this.#entries.length >> 1) - 1; index >= 0; index -= 1) this.#siftDown(index);
  }

  clear(): void {
    for (const { timer } of this.#entries) timer.leaveHeap();
    this.#entries = [];
    this.#cancelled = 0;
  }

  #pop(): TimerHandle {
    const entries = this.#entries;
    const { timer } = entries[0]!;
    const last = entries.pop()!;
    if (entries.length > 0) {
      entries[0] = last;
      this.#siftDown(0);
    }
    return timer;
  }

  #siftUp(start: number): void {
    const entries = this.#entries;
    const entry = entries[start]!;
    let index = start;
    while (index > 0) {
      const parent = (index - 1) >> 1;
      if (!isBefore(entry, entries[parent]!)) break;
      entries[index] = entries[parent]!;
      index = parent;
    }
    entries[index] = entry;
  }

  #siftDown(start: number): void {
    const entries = this.#entries;
    const entry = entries[start]!;
    const { length } = entries;
    let index = start;
    for (;;) {
      let child = 2 * index + 1;
      if (child >= length) break;
      if (child + 1 < length && isBefore(entries[child + 1]!, entries[child]!)) child += 1;
      if (!isBefore(entries[child]!, entry)) break;
      entries[index] = entries[child]!;
      index = child;
    }
    entries[index] = entry;
  }
}

function isBefore(a: Entry, b: Entry): boolean {
  return a.when < b.when || (a.when === b.when && a.order < b.order);
}
