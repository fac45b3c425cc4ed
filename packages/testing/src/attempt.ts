/** attempt: one run of a body in one order, and what came of it. */
import type { Coroutine } from "@async/task";

import { describeError } from "./errors.ts";
import type { Deviation, Schedule } from "./schedule.ts";
import { type Order, SteeredQueue } from "./steered-queue.ts";
import { Trial } from "./trial.ts";

/** One step of a run. */
export interface TraceEntry {
  readonly step: number;
  readonly job: string;
  /** The job that was first in line, where another one ran. */
  readonly firstInLine: string | null;
}

export interface Attempt {
  /** What the run failed with; null if it did not. */
  readonly failure: { readonly error: unknown } | null;
  /** Where the order left the line: replayed, they give the same run. */
  readonly schedule: Schedule;
  /** The steps in which there was a choice, with the number of those that were ready. */
  readonly choices: readonly Deviation[];
  readonly steps: number;
  /** What the host was asked to do first; null for nothing, or when nobody looked. */
  readonly hostWork: string | null;
}

export interface AttemptOptions {
  readonly maxSteps: number;
  /** Gets each step. */
  readonly trace?: TraceEntry[];
  /** Look whether the body has the host work for it. */
  readonly watchesHost?: boolean;
}

/** Milliseconds. */
const HOST_TIMEOUT = 4000;

export async function attempt(
  body: Coroutine<unknown>,
  order: Order,
  { maxSteps, trace, watchesHost = false }: AttemptOptions,
): Promise<Attempt> {
  const queue = new SteeredQueue(order, {
    beforeStep: (step) => {
      if (step % maxSteps === 0) trial.giveUp(`${step} steps have run`);
    },
    ...(trace && { step: (step, job, firstInLine) => trace.push({ step, job, firstInLine }) }),
  });
  const hostTimeout = watchesHost ? HOST_TIMEOUT : null;
  const trial = new Trial(body, { ready: queue, hostTimeout, maxMoves: maxSteps });
  let failure: Attempt["failure"] = null;
  try {
    await trial.play();
  } catch (error) {
    failure = { error };
  }
  return {
    failure,
    schedule: queue.deviations,
    choices: queue.choices,
    steps: queue.steps,
    hostWork: trial.loop.host?.firstWork ?? null,
  };
}

/** Says whether both failed for what looks like the same reason: numbers may differ, as they do when money is missing. */
export function failsAlike(a: Attempt, b: Attempt): boolean {
  if (a.failure === null || b.failure === null) return false;
  return kindOf(a.failure.error) === kindOf(b.failure.error);
}

function kindOf(error: unknown): string {
  const [firstLine = ""] = describeError(error).split("\n");
  return firstLine.replaceAll(/\d+/g, "#");
}
