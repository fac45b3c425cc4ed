/**
 * Watchers: those who wait for one future, in the order in which they came: awaits, callbacks of users, listeners of combinators.
 *
 * A linked list through the watchers themselves, which are jobs: when the future is done, each is handed to its scheduler in that order.
 */
import type { DoneCallback, Listener } from "./done-callback.ts";
import type { Scheduler } from "./ports.ts";
import { schedule } from "./schedule.ts";
import { Suspension } from "./suspension.ts";

export type Watcher = Suspension | DoneCallback | Listener;

export class Watchers {
  #first: Watcher | null = null;
  #last: Watcher | null = null;

  get isEmpty(): boolean {
    return this.#first === null;
  }

  add(watcher: Watcher): void {
    if (this.#last === null) this.#first = watcher;
    else this.#last.next = watcher;
    this.#last = watcher;
  }

  /** Takes those for which `matches` holds out of the list, and returns how many there were. */
  remove(matches: (watcher: Watcher) => boolean): number {
    let removed = 0;
    let kept: Watcher | null = null;
    for (let watcher = this.#first; watcher !== null;) {
      const next = watcher.next as Watcher | null;
      if (matches(watcher)) {
        removed += 1;
        watcher.next = null;
        if (kept === null) this.#first = next;
        else kept.next = next;
      } else kept = watcher;
      watcher = next;
    }
    this.#last = kept;
    return removed;
  }

  /** Empties the list: each watcher goes to its scheduler. */
  scheduleAll(scheduler: Scheduler | null): void {
    let watcher = this.#first;
    this.#first = this.#last = null;
    while (watcher !== null) {
      const next = watcher.next as Watcher | null;
      watcher.next = null;
      scheduleWatcher(watcher, scheduler);
      watcher = next;
    }
  }

  *[Symbol.iterator](): Generator<Watcher, undefined> {
    for (let watcher = this.#first; watcher !== null; watcher = watcher.next as Watcher | null) yield watcher;
  }
}

/** An await is woken by the loop of whoever awaits; a future without scheduler has no other. */
export function scheduleWatcher(watcher: Watcher, scheduler: Scheduler | null): void {
  const ownLoop = watcher instanceof Suspension ? watcher.awaiter?.scheduler : undefined;
  schedule(ownLoop ?? scheduler, watcher);
}

/** The task or future that waits through the watcher; null for nobody in particular. */
export function waiterOf(watcher: Watcher): object | null {
  return watcher instanceof Suspension ? (watcher.awaiter?.task ?? null) : watcher.onBehalfOf;
}
