/** Searches: which orders are tried, one after another. Each is told what came of the last one. */
import type { Attempt } from "./attempt.ts";
import { randomOrder, scheduledOrder } from "./orders.ts";
import type { Deviation, Schedule } from "./schedule.ts";
import type { Order } from "./steered-queue.ts";

/** Returns true if all that it was to try was tried. */
export type Search = Generator<Order, boolean, Attempt>;

/** First in first out, then at random. The same seed gives the same orders. */
export function* randomSearch(schedules: number, seed: number): Search {
  yield scheduledOrder([]);
  // The factor keeps the orders of neighbouring seeds apart.
  for (let index = 1; index < schedules; index += 1) yield randomOrder(Math.imul(seed, 1_000_003) + index);
  return true;
}

/**
 * Every schedule that leaves the line at most `bound` times, up to `limit` of them. Those that leave it less often come first, so the first
 * one that fails is as short as can be.
 *
 * A run shows in which steps there was a choice. Each other choice after its last deviation is a schedule of its own, and each schedule is come
 * to in this one way only.
 */
export function* exhaustiveSearch(bound: number, limit: number): Search {
  let level: Schedule[] = [[]];
  let left = limit;
  for (let deviations = 0; level.length > 0; deviations += 1) {
    const nextLevel: Schedule[] = [];
    for (const schedule of level) {
      if (left === 0) return false;
      left -= 1;
      const { choices } = yield scheduledOrder(schedule);
      // No more than can still be run is kept: there may be very many.
      if (deviations < bound && nextLevel.length <= left) nextLevel.push(...extensionsOf(schedule, choices));
    }
    level = nextLevel;
  }
  return true;
}

/** Returns the schedules that do as this one does and then, later, leave the line once more. */
function extensionsOf(schedule: Schedule, choices: readonly Deviation[]): Schedule[] {
  const [last] = schedule.at(-1) ?? [0];
  return choices
    .filter(([step]) => step > last)
    .flatMap(([step, ready]) =>
      Array.from({ length: ready - 1 }, (_, index) => [...schedule, [step, index + 1]] as const),
    );
}
