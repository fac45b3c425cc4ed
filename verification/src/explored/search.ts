/**
 * The searches that every exploration goes through.
 *
 * - At random: half of the schedules leave the three alone. In the others somebody, or the whole, is cancelled at some moment, so that orders and
 *   cancellations meet.
 * - All orders that leave the usual one at most twice; with each cancellation, at most once.
 * - In the usual order, a cancellation at every moment, once and twice: of the whole, and of each of the three.
 */
import { type Task, allTasks, createTask, sleep, wait } from "@async/task";
import { type ExploreOptions, cancelEverywhere, explore } from "@async/testing";

import { type Exploration, NAMES, type Stage } from "./exploration.ts";

/** One is cancelled, after so many turns or milliseconds. */
interface Interruption {
  readonly victim: string;
  readonly turns: number;
  readonly delay: number;
}

/** The task that runs the body. */
const WHOLE = "whole";

const MOMENTS = [
  ...[0, 1, 2, 3, 5, 8].map((turns) => ({ turns, delay: 0 })),
  ...[1, 2].map((delay) => ({ turns: 0, delay })),
];

const INTERRUPTIONS: readonly Interruption[] = [...NAMES, WHOLE].flatMap((victim) =>
  MOMENTS.map((moment) => ({ victim, ...moment })),
);

/** Resolves to the number of schedules, none of which failed. */
export async function searchAtRandom(
  exploration: Exploration,
  schedules: number,
  seed: number,
): Promise<number> {
  const interrupted = Math.ceil(schedules / 2 / INTERRUPTIONS.length);
  const alone = Math.max(1, schedules - interrupted * INTERRUPTIONS.length);
  let count = await search(exploration, null, { schedules: alone, seed });
  for (const [index, interruption] of INTERRUPTIONS.entries())
    count += await search(exploration, interruption, { schedules: interrupted, seed: seed + 1 + index });
  return count;
}

/** Resolves to the number of schedules, none of which failed. */
export async function searchAll(exploration: Exploration): Promise<number> {
  let count = await search(exploration, null, { preemptionBound: 2 });
  for (const interruption of INTERRUPTIONS)
    count += await search(exploration, interruption, { preemptionBound: 1 });
  return count;
}

/** Resolves to the number of runs, none of which failed. */
export async function cancelAll({ name, stage }: Exploration): Promise<number> {
  let current: Stage | null = null;
  const body = async () => {
    current = stage();
    await current.body();
  };
  const invariant = () => current?.check();
  let count = 0;
  for (const victims of [null, ...NAMES]) {
    const options =
      victims === null ? { invariant } : { invariant, victims: (task: Task) => task.name === victims };
    const { runs } = await cancelEverywhere(body, options).catch((error: unknown) => {
      throw new Error(`${name}: ${(error as Error).message}`, { cause: error });
    });
    count += runs;
  }
  return count;
}

async function search(
  { name, stage }: Exploration,
  interruption: Interruption | null,
  options: ExploreOptions,
): Promise<number> {
  const body = async () => {
    const { body, check } = stage();
    await play(body, interruption);
    await check();
  };
  const { schedules } = await explore(body, options).catch((error: unknown) => {
    throw new Error(`${name}${describe(interruption)}: ${(error as Error).message}`, { cause: error });
  });
  return schedules;
}

/** Runs the body in a task of its own, and resolves when it has ended, cancelled or well. */
async function play(body: Stage["body"], interruption: Interruption | null): Promise<void> {
  const tasks = [createTask(body, { name: WHOLE })];
  if (interruption !== null) tasks.push(createTask(() => interrupt(interruption), { name: "canceller" }));
  await wait(tasks);
  for (const task of tasks)
    if (!task.cancelled()) task.result();
    else if (interruption?.victim !== task.name)
      throw new Error(`${task.name} was cancelled, and nobody did it`);
}

async function interrupt({ victim, turns, delay }: Interruption): Promise<void> {
  if (delay > 0) await sleep(delay);
  for (let turn = 0; turn < turns; turn += 1) await sleep(0);
  for (const task of allTasks()) if (task.name === victim) task.cancel();
}

function describe(interruption: Interruption | null): string {
  if (interruption === null) return "";
  const { victim, turns, delay } = interruption;
  return `, ${victim} cancelled after ${delay > 0 ? `${delay} ms` : `${turns} turns`}`;
}
