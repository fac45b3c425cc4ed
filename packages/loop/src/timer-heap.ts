/**
 * TimerHeap: the timers of a loop by deadline; those with equal deadlines in the order in which they were set.
 *
 * A binary heap with lazy deletion: a cancelled timer stays where it is until it comes to the top, since finding it would take as long as
 * the whole heap is. Programs that set and cancel without end (a timeout for each request) would fill it: once more than half of it is
 * cancelled, it is rebuilt from the live ones, which costs each cancelled timer a constant share.
 *
 * Source: `_run_once` in Lib/asyncio/base_events.py.
 */
import type { Job } from "@async/futures/port";

/** A job with a deadline. It is the heap's entry itself: very many may be set at a time. */
export interface Timer extends Job {
  /** Milliseconds of the loop's time. */
  readonly deadline: number;
  /** Breaks ties: timers set earlier go first. `NOT_SET` while it is in no heap. The heap's own. */
  order: number;
  cancelled(): boolean;
}

/** The order of a timer that is in no heap. */
export const NOT_SET = -1;

/** Below this size a heap is not rebuilt: it is not worth the while. As in CPython. */
const MIN_REBUILD_SIZE = 100;

export class TimerHeap {
  #timers: Timer[] = [];
  #cancelled = 0;
  #order = 0;

  /** All timers that the heap holds, also those that were cancelled and not yet swept out. */
  get length(): number {
    return this.#timers.length;
  }

  /** Live timers. */
  get size(): number {
    return this.#timers.length - this.#cancelled;
  }

  push(timer: Timer): void {
    timer.order = this.#order++;
    this.#timers.push(timer);
    this.#siftUp(this.#timers.length - 1);
  }

  /** Returns the deadline of the first live timer, Infinity when there is none that will ever be due. */
  nextDeadline(): number {
    for (let first = this.#timers[0]; first !== undefined; first = this.#timers[0]) {
      if (!first.cancelled()) return first.deadline;
      this.#pop();
      this.#cancelled -= 1;
    }
    return Infinity;
  }

  /** Takes the first live timer that is due at `now`; null when there is none. */
  takeDue(now: number): Timer | null {
    const deadline = this.nextDeadline();
    if (deadline > now || deadline === Infinity) return null;
    const timer = this.#pop();
    timer.order = NOT_SET;
    return timer;
  }

  /** The timer was cancelled. If it is no more in the heap, that is none of its business. */
  noteCancelled(timer: Timer): void {
    if (timer.order === NOT_SET) return;
    this.#cancelled += 1;
    if (this.#timers.length <= MIN_REBUILD_SIZE || this.#cancelled * 2 <= this.#timers.length) return;
    this.#timers = this.#timers.filter((timer) => !timer.cancelled());
    this.#cancelled = 0;
    for (let index = (this.#timers.length >> 1) - 1; index >= 0; index -= 1) this.#siftDown(index);
  }

  clear(): void {
    for (const timer of this.#timers) timer.order = NOT_SET;
    this.#timers = [];
    this.#cancelled = 0;
  }

  #pop(): Timer {
    const timers = this.#timers;
    const first = timers[0]!;
    const last = timers.pop()!;
    if (timers.length > 0) {
      timers[0] = last;
      this.#siftDown(0);
    }
    return first;
  }

  #siftUp(start: number): void {
    const timers = this.#timers;
    const timer = timers[start]!;
    let index = start;
    while (index > 0) {
      const parent = (index - 1) >> 1;
      if (!isBefore(timer, timers[parent]!)) break;
      timers[index] = timers[parent]!;
      index = parent;
    }
    timers[index] = timer;
  }

  #siftDown(start: number): void {
    const timers = this.#timers;
    const timer = timers[start]!;
    const { length } = timers;
    let index = start;
    for (;;) {
      let child = 2 * index + 1;
      if (child >= length) break;
      if (child + 1 < length && isBefore(timers[child + 1]!, timers[child]!)) child += 1;
      if (!isBefore(timers[child]!, timer)) break;
      timers[index] = timers[child]!;
      index = child;
    }
    timers[index] = timer;
  }
}

function isBefore(a: Timer, b: Timer): boolean {
  return a.deadline < b.deadline || (a.deadline === b.deadline && a.order < b.order);
}
