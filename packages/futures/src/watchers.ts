/**
 * Watchers: those who wait for one future, in the order in which they came: awaits, callbacks of users, listeners of combinators.
 *
 * A ring through the watchers themselves, which are jobs: the future holds the last one, whose `next` is the first. So it costs the future a
 * field and nothing else, of which very many may be waiting (benchmark: gather). When the future is done, each is handed to its scheduler.
 */
import type { DoneCallback, Listener } from "./done-callback.ts";
import type { Scheduler } from "./ports.ts";
import { schedule } from "./schedule.ts";
import { Suspension } from "./suspension.ts";

export type Watcher = Suspension | DoneCallback | Listener;

/** The last of the ring; null while nobody watches. */
export type Watchers = Watcher | null;

/** Returns the watchers with one more. */
export function withWatcher(last: Watchers, watcher: Watcher): Watchers {
  if (last === null) watcher.next = watcher;
  else {
    watcher.next = last.next;
    last.next = watcher;
  }
  return watcher;
}

/** Returns the watchers without those for which `matches` holds. */
export function withoutWatchers(last: Watchers, matches: (watcher: Watcher) => boolean): Watchers {
  let kept: Watchers = null;
  for (const watcher of listWatchers(last)) {
    if (matches(watcher)) watcher.next = null;
    else kept = withWatcher(kept, watcher);
  }
  return kept;
}

/** Breaks the ring up: each watcher goes to its scheduler. */
export function scheduleWatchers(last: Watchers, scheduler: Scheduler | null): void {
  if (last === null) return;
  let watcher = last.next as Watcher;
  for (;;) {
    const next = watcher.next as Watcher;
    watcher.next = null;
    scheduleWatcher(watcher, scheduler);
    if (watcher === last) return;
    watcher = next;
  }
}

/** An await is woken by the loop of whoever awaits; a future without scheduler has no other. */
export function scheduleWatcher(watcher: Watcher, scheduler: Scheduler | null): void {
  const ownLoop = watcher instanceof Suspension ? watcher.awaiter?.scheduler : undefined;
  schedule(ownLoop ?? scheduler, watcher);
}

/** Returns them in the order in which they came. */
export function listWatchers(last: Watchers): Watcher[] {
  const list: Watcher[] = [];
  if (last === null) return list;
  for (let watcher = last.next as Watcher; ; watcher = watcher.next as Watcher) {
    list.push(watcher);
    if (watcher === last) return list;
  }
}

/** The task or future that waits through the watcher; null for nobody in particular. */
export function waiterOf(watcher: Watcher): object | null {
  return watcher instanceof Suspension ? (watcher.awaiter?.task ?? null) : watcher.onBehalfOf;
}
