/**
 * shrink: makes a schedule that fails as short as it gets, so that what is left is what matters.
 *
 * It leaves deviations out, many at a time and then one by one, takes nearer places in the line for farther ones, and, if what is left is still
 * long, looks among all shorter ones. Only failures of the same kind count.
 */
import { type Attempt, failsAlike } from "./attempt.ts";
import { scheduledOrder } from "./orders.ts";
import type { Schedule } from "./schedule.ts";
import { exhaustiveSearch } from "./searches.ts";
import type { Order } from "./steered-queue.ts";

/** Runs the order and resolves to what came of it. */
type Run = (order: Order) => Promise<Attempt>;

/** Runs to spend on schedules that are shorter than all that was found by leaving out. */
const EXHAUSTIVE_RUNS = 2000;

export async function shrink(found: Attempt, run: Run): Promise<Attempt> {
  let best = found;
  const improves = async (schedule: Schedule): Promise<boolean> => {
    const attempt = await run(scheduledOrder(schedule));
    if (!failsAlike(attempt, found) || !isShorter(attempt.schedule, best.schedule)) return false;
    best = attempt;
    return true;
  };
  for (let size = Math.ceil(best.schedule.length / 2); size > 0; size = Math.floor(size / 2)) {
    for (let start = 0; start < best.schedule.length;) {
      // What was at `start` is gone if it improves; else the next part has its turn.
      if (!(await improves(best.schedule.toSpliced(start, size)))) start += size;
    }
  }
  best = await searchShorter(best, run, found);
  for (let index = 0; index < best.schedule.length; index += 1) {
    const [step, place] = best.schedule[index]!;
    for (let nearer = 1; nearer < place; nearer += 1) {
      if (await improves(best.schedule.with(index, [step, nearer]))) break;
    }
  }
  return best;
}

/** Returns the first schedule with fewer deviations that fails too, else the best. */
async function searchShorter(best: Attempt, run: Run, found: Attempt): Promise<Attempt> {
  if (best.schedule.length < 2) return best;
  const search = exhaustiveSearch(best.schedule.length - 1, EXHAUSTIVE_RUNS);
  for (let next = search.next(); next.done !== true;) {
    const attempt = await run(next.value);
    if (failsAlike(attempt, found)) return attempt;
    next = search.next(attempt);
  }
  return best;
}

/** Fewer deviations, or as many that leave the line less. */
function isShorter(a: Schedule, b: Schedule): boolean {
  if (a.length !== b.length) return a.length < b.length;
  return sumOfPlaces(a) < sumOfPlaces(b);
}

function sumOfPlaces(schedule: Schedule): number {
  return schedule.reduce((sum, [, place]) => sum + place, 0);
}
