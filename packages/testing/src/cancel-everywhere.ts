/**
 * cancelEverywhere: runs a body again and again, and cancels it each time at another moment.
 *
 *     ── step ── 1 ── step ── 2 ── step ── 3 ──     runs: cancelled at 1; at 1 and 1, 1 and 2, 1 and 3; at 2; ...
 *
 * A moment lies between two steps of the loop, or where all is blocked. So each await is cancelled in each state of the world around it: while it
 * waits, and when it has been woken and not yet resumed. A cancelled body may end as cancelled and in no other way. It must not hang, leave
 * something behind, break the invariant, throw another error, or swallow the request.
 */
import { inspect } from "node:util";

import { UsageError } from "@async/futures";
import type { Coroutine, Task } from "@async/task";

import { type CancelPlan, checkCancelPlan, printCancelPlan } from "./cancel-plan.ts";
import { CancelledRun, type CancelledRunOptions } from "./cancelled-run.ts";
import { checkCall, checkInteger } from "./checks.ts";
import { FailingCancellationError, describeError, indent } from "./errors.ts";

export interface CancelEverywhereOptions {
  /** Called at the end of each run. The run fails if this throws, rejects, or returns false. */
  readonly invariant?: () => unknown;
  /** How many requests a run gets: 1, or 2 to cancel also the clean-up that the first one began. Default: 2. */
  readonly times?: 1 | 2;
  /** Says which tasks to cancel, one of them in each run. Default: the body's own, as a timeout or the end of a program does. */
  readonly victims?: (task: Task) => boolean;
  /** A task that was cancelled may end well all the same. Default: false. */
  readonly mayRefuse?: boolean;
  /** More runs than that are an error, not left out. Default: 20,000. */
  readonly maxRuns?: number;
  /** Steps after which a run counts as endless. Default: 10,000. */
  readonly maxSteps?: number;
  /** Do this run alone. */
  readonly replay?: CancelPlan;
}

export interface CancelEverywhereResult {
  /** How many runs there were, with that without a cancellation. */
  readonly runs: number;
  /** At how many moments the body could be cancelled, when nobody does. */
  readonly moments: number;
}

/** Milliseconds for which the host may have something under way. */
const HOST_TIMEOUT = 4000;

/**
 * Runs the body on virtual time, once undisturbed and then once for each way to cancel it, and resolves when all went well. The body makes all
 * that it uses anew.
 *
 * @throws FailingCancellationError with the run that failed, to be replayed; what the body throws if it fails undisturbed.
 *
 * @example
 * ```ts
 * import { sleep } from "@async/task";
 * import { cancelEverywhere } from "@async/testing";
 *
 * let open = 0;
 * const body = async () => {
 *   open += 1;
 *   try {
 *     await sleep(10);
 *     await sleep(10);
 *   } finally {
 *     open -= 1;
 *   }
 * };
 * const { moments } = await cancelEverywhere(body, { invariant: () => open === 0 });
 * console.log(moments > 1); // true
 * ```
 */
export async function cancelEverywhere(
  body: Coroutine<unknown>,
  options: CancelEverywhereOptions = {},
): Promise<CancelEverywhereResult> {
  checkCall("cancelEverywhere", body);
  checkOptions(options);
  const { invariant = () => true, times = 2, victims = null, mayRefuse = false } = options;
  const { maxRuns = 20_000, maxSteps = 10_000, replay } = options;
  const watching: CancelledRunOptions = {
    invariant,
    victims,
    mayRefuse,
    maxSteps,
    hostTimeout: HOST_TIMEOUT,
  };

  const undisturbed = await new CancelledRun(body, { moments: [] }, watching).play();
  if (undisturbed.failure !== null) throw undisturbed.failure.error;
  // Looking for what the host does takes time: only where it does anything.
  const runOptions = undisturbed.hostWork === null ? { ...watching, hostTimeout: null } : watching;

  let runs = 1;
  const run = async (plan: CancelPlan): Promise<CancelledRun> => {
    if (runs === maxRuns) throw new UsageError(tooMany(maxRuns));
    runs += 1;
    const cancelled = await new CancelledRun(body, plan, runOptions).play();
    if (cancelled.failure !== null) throw await failingCancellation(body, plan, runOptions, cancelled, runs);
    return cancelled;
  };

  if (replay !== undefined) await run(replay);
  else {
    for (const plan of singleCancellations(undisturbed)) {
      const { lastMoment } = await run(plan);
      if (times === 1) continue;
      const [first] = plan.moments as [number];
      for (let second = first; second <= lastMoment; second += 1)
        await run({ ...plan, moments: [first, second] });
    }
  }
  return { runs, moments: undisturbed.victims.length };
}

/** Each victim at each moment of the run. */
function* singleCancellations({ victims }: CancelledRun): Generator<CancelPlan> {
  for (const [index, count] of victims.entries()) {
    const moments = [index + 1];
    if (count > 0) yield { moments };
    for (let victim = 1; victim < count; victim += 1) yield { moments, victim };
  }
}

/** Runs the plan once more, to note what happens. */
async function failingCancellation(
  body: Coroutine<unknown>,
  plan: CancelPlan,
  options: CancelledRunOptions,
  failed: CancelledRun,
  runs: number,
): Promise<FailingCancellationError> {
  const again = await new CancelledRun(body, plan, options, true).play();
  const { error } = (again.failure ?? failed.failure)!;
  const moments = plan.moments.join(", and again at ");
  const message = [
    `A cancellation is not survived: run ${runs}, cancelled at moment ${moments}.`,
    ...(again.failure === null ? ["Run again, it did: the body depends on more than the moment."] : []),
    "",
    indent(describeError(error)),
    "",
    `  ${"step".padStart(6)}  runs`,
    ...again.trace.map((line) => (line.startsWith(">") ? line : `  ${line}`)),
    "",
    `Run it alone: cancelEverywhere(body, { replay: ${printCancelPlan(plan)} })`,
  ].join("\n");
  return new FailingCancellationError(message, plan, { cause: error });
}

function checkOptions({ replay, times, maxRuns, maxSteps }: CancelEverywhereOptions): void {
  if (replay !== undefined) checkCancelPlan("cancelEverywhere", replay);
  if (times !== undefined && ![1, 2].includes(times))
    throw new UsageError(`cancelEverywhere: times is 1 or 2, got ${inspect(times)}`);
  if (maxRuns !== undefined) checkInteger("cancelEverywhere", "maxRuns", maxRuns);
  if (maxSteps !== undefined) checkInteger("cancelEverywhere", "maxSteps", maxSteps);
}

function tooMany(maxRuns: number): string {
  return `cancelEverywhere: there are more than ${maxRuns} ways to cancel; make the body smaller, set times to 1, or raise maxRuns`;
}
