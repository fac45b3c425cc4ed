/**
 * Exploration: what three tasks do with one primitive, and what must hold whatever the order and whoever is cancelled.
 *
 * The tasks bear the names below, so that one of them can be cancelled. What must hold at a certain moment is asserted by the tasks; what must hold
 * at the end, by `check`.
 */
import assert from "node:assert/strict";

import { TaskGroup } from "@async/task";
import { untilBlocked } from "@async/testing";

export interface Exploration {
  /** The primitive, and what is done with it where there is more than one exploration. */
  readonly name: string;
  /** Makes anew all that a run uses; called in its main task. */
  readonly stage: () => Stage;
}

export interface Stage {
  readonly body: () => Promise<unknown>;
  /** Called when the body and its tasks have ended, cancelled or not: nothing is lost, nothing is left behind. Throws if that is not so. */
  readonly check: () => unknown;
}

export const NAMES = ["ada", "bob", "cyd"] as const;

/** What each of the three does. */
export type Parts = Readonly<Record<(typeof NAMES)[number], () => Promise<unknown>>>;

/** Runs the three at once, with what the body does meanwhile, and resolves when all have ended. */
export async function together(parts: Parts, meanwhile?: () => Promise<unknown>): Promise<void> {
  const tasks = await TaskGroup.run(async (group) => {
    const tasks = NAMES.map((name) => group.createTask(parts[name], { name }));
    await meanwhile?.();
    return tasks;
  });
  for (const task of tasks)
    assert.equal(task.cancelled() && task.cancelling() === 0, false, `nobody has cancelled ${task.name}`);
}

/** Lets everything happen that can, and then checks. A cancellation that comes at that very moment has its effect first. */
export async function whenBlocked(check: () => void): Promise<void> {
  await untilBlocked();
  try {
    check();
  } catch {
    await untilBlocked();
    check();
  }
}

/** Runs the same part three times at once. */
export function allOfThem(part: () => Promise<unknown>): Parts {
  return { ada: part, bob: part, cyd: part };
}
