/**
 * explore: runs a body in many orders of what is ready, to find the one in which it fails.
 *
 * A loop runs callbacks first in first out, so a test sees one order only, and a program whose requests come a moment later sees another. An explored
 * order may run what is ready at the same time in any order: the first steps of tasks, wake-ups, callbacks, timers that are due. It never
 * runs a timer before its deadline, never interrupts code between two awaits, and never changes what an object decides: a lock that hands itself to
 * the waiter who came first still does; but that one may then run later than others.
 */
import { UsageError } from "@async/futures";
import type { Coroutine } from "@async/task";

import { type Attempt, type TraceEntry, attempt, failsAlike } from "./attempt.ts";
import { checkCall, checkInteger } from "./checks.ts";
import { FailingScheduleError } from "./errors.ts";
import { scheduledOrder } from "./orders.ts";
import { type Schedule, checkSchedule } from "./schedule.ts";
import { reportSchedule } from "./schedule-report.ts";
import { type Search, exhaustiveSearch, randomSearch } from "./searches.ts";
import { shrink } from "./shrink.ts";
import type { Order } from "./steered-queue.ts";

export interface ExploreOptions {
  /** How many random schedules to run. Default: 1000. With `preemptionBound`: how many there may be at most. Default: 100,000. */
  readonly schedules?: number;
  /** Any integer; another one gives other random schedules. Default: 1, so that a test is the same each time. */
  readonly seed?: number;
  /** Run every schedule that leaves the usual order at most so many times, in place of random ones. For small bodies: 2 finds most. */
  readonly preemptionBound?: number;
  /** Run this schedule alone. Where it does not fit any more, because the body has changed, the usual order goes on. */
  readonly replay?: Schedule;
  /** Steps after which a run counts as endless. Default: 10,000. */
  readonly maxSteps?: number;
}

export interface ExploreResult {
  /** How many schedules were run. */
  readonly schedules: number;
  /** The steps of the longest run. */
  readonly steps: number;
}

/**
 * Runs the body on virtual time, once for each schedule, and resolves when none of them failed. A run fails as with `runVirtual`: also if it hangs
 * or leaves something behind. The body makes all that it uses anew, and leaves the host alone: what that does cannot be replayed.
 *
 * @throws FailingScheduleError with the shortest schedule that fails, to be replayed; what the body throws if it fails in the usual order, too.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 *
 * import { gather, sleep } from "@async/task";
 * import { explore } from "@async/testing";
 *
 * const result = await explore(async () => {
 *   let balance = 100;
 *   const pay = async (amount: number) => {
 *     await sleep(0); // any await but between reading and writing
 *     balance = balance - amount;
 *   };
 *   await gather([() => pay(30), () => pay(20)]);
 *   assert.equal(balance, 50);
 * });
 * console.log(result.schedules); // 1000
 * ```
 */
export async function explore(
  body: Coroutine<unknown>,
  options: ExploreOptions = {},
): Promise<ExploreResult> {
  checkCall("explore", body);
  checkOptions(options);
  const { maxSteps = 10_000, replay } = options;
  if (replay !== undefined) return runAlone(body, replay, maxSteps);
  const { search, origin } = planSearch(options);
  const run = (order: Order): Promise<Attempt> => attempt(body, order, { maxSteps });

  // Every search begins with the usual order. A body that fails in it has no need of a schedule.
  search.next();
  const usual = await attempt(body, scheduledOrder([]), { maxSteps, watchesHost: true });
  if (usual.hostWork !== null) throw new UsageError(hostIsUsed(usual.hostWork));
  if (usual.failure !== null) throw usual.failure.error;

  let [schedules, steps] = [1, usual.steps];
  let next = search.next(usual);
  while (next.done !== true) {
    const tried = await run(next.value);
    schedules += 1;
    steps = Math.max(steps, tried.steps);
    if (tried.failure !== null) {
      const shortest = await shrink(tried, run);
      const how = `found as number ${schedules} ${origin}${shrinkage(tried, shortest)}`;
      throw await failingSchedule(body, shortest, maxSteps, how);
    }
    next = search.next(tried);
  }
  if (!next.value) throw new UsageError(tooMany(schedules));
  return { schedules, steps };
}

async function runAlone(
  body: Coroutine<unknown>,
  schedule: Schedule,
  maxSteps: number,
): Promise<ExploreResult> {
  const tried = await attempt(body, scheduledOrder(schedule), { maxSteps });
  if (tried.failure !== null) throw await failingSchedule(body, tried, maxSteps, "replayed");
  return { schedules: 1, steps: tried.steps };
}

/** Runs the schedule once more, to note its steps. */
async function failingSchedule(
  body: Coroutine<unknown>,
  tried: Attempt,
  maxSteps: number,
  how: string,
): Promise<FailingScheduleError> {
  const trace: TraceEntry[] = [];
  const again = await attempt(body, scheduledOrder(tried.schedule), { maxSteps, trace });
  const isStable = failsAlike(again, tried);
  const headline = [`A schedule fails: ${how}.`, ...(isStable ? [] : [UNSTABLE])].join("\n");
  const shown = isStable ? again : tried;
  const message = reportSchedule(headline, shown, trace);
  return new FailingScheduleError(message, shown.schedule, { cause: shown.failure?.error });
}

const UNSTABLE =
  "Run again, it did not fail like that: the body depends on more than the schedule, such as state outside of it, the host's time, Math.random.";

interface Plan {
  readonly search: Search;
  /** What is searched, for the report. */
  readonly origin: string;
}

function planSearch({ preemptionBound, schedules, seed = 1 }: ExploreOptions): Plan {
  if (preemptionBound === undefined) {
    const count = schedules ?? 1000;
    return { search: randomSearch(count, seed), origin: `of ${count} (seed ${seed})` };
  }
  const search = exhaustiveSearch(preemptionBound, schedules ?? 100_000);
  return { search, origin: `of all with up to ${countOf(preemptionBound)}` };
}

function checkOptions({ replay, schedules, preemptionBound, maxSteps, seed }: ExploreOptions): void {
  if (replay !== undefined) checkSchedule("explore", replay);
  if (schedules !== undefined) checkInteger("explore", "schedules", schedules);
  if (preemptionBound !== undefined) checkInteger("explore", "preemptionBound", preemptionBound, 0);
  if (maxSteps !== undefined) checkInteger("explore", "maxSteps", maxSteps);
  if (seed !== undefined) checkInteger("explore", "seed", seed, -Infinity);
}

function shrinkage(tried: Attempt, shortest: Attempt): string {
  const [before, after] = [tried.schedule.length, shortest.schedule.length];
  return before === after ? "" : `, shrunk from ${countOf(before)} to ${after}`;
}

function countOf(deviations: number): string {
  return `${deviations} deviation${deviations === 1 ? "" : "s"}`;
}

function hostIsUsed(work: string): string {
  return `explore: the body has the host work for it (${work}), which cannot be done again in the same order; give it a fake`;
}

function tooMany(limit: number): string {
  return `explore: ${limit} schedules were run and did not fail, but there are more within the preemption bound; lower it, make the body smaller, or raise \`schedules\``;
}
