/**
 * untilBlocked, advance: let everything happen that can, before a test looks at the result.
 *
 * In place of `sleep(0)` so many times that it works: the wait ends when no task and no callback is ready and the host has nothing under way,
 * however many turns that takes. Time does not pass meanwhile; `advance` lets a given time pass first.
 */
import { inspect } from "node:util";

import { UsageError } from "@async/futures";
import { sleep } from "@async/task";

import { testLoop } from "./test-loop.ts";

/**
 * Resolves once every other task is blocked: nothing is ready to run, and the host has nothing under way. No time passes. Those who wait for this
 * at the same time are woken together.
 *
 * @throws UsageError outside of `runVirtual`, `explore` and `cancelEverywhere`.
 *
 * @example
 * ```ts
 * import { createTask, sleep } from "@async/task";
 * import { runVirtual, untilBlocked } from "@async/testing";
 *
 * await runVirtual(async () => {
 *   let step = "not started";
 *   const task = createTask(async () => {
 *     for (let turn = 1; turn <= 10; turn += 1) await sleep(0);
 *     step = "ten turns later";
 *     await sleep(60_000);
 *   });
 *   await untilBlocked();
 *   console.log(step); // ten turns later
 *   await task;
 * });
 * ```
 */
export function untilBlocked(): Promise<void> {
  return testLoop("untilBlocked").untilBlocked();
}

/**
 * Resolves after that much virtual time, when everything that was due by then has happened.
 *
 * @param duration - milliseconds of virtual time
 * @throws UsageError outside of `runVirtual`, `explore` and `cancelEverywhere`, and for less than 0 or NaN; TypeError if it is no number.
 *
 * @example
 * ```ts
 * import { getRunningLoop } from "@async/loop";
 * import { advance, runVirtual } from "@async/testing";
 *
 * await runVirtual(async () => {
 *   const log: string[] = [];
 *   getRunningLoop().callLater(1000, () => log.push("a second"));
 *   getRunningLoop().callLater(3_600_000, () => log.push("an hour"));
 *   await advance(1000);
 *   console.log(log.join()); // a second
 *   await advance(3_600_000);
 *   console.log(log.join()); // a second,an hour
 * });
 * ```
 */
export async function advance(duration: number): Promise<void> {
  if (typeof duration !== "number")
    throw new TypeError(`advance takes milliseconds, got ${inspect(duration)}`);
  if (!(duration >= 0))
    throw new UsageError(`advance: time does not go back, got ${duration}; pass milliseconds`);
  const loop = testLoop("advance");
  await sleep(duration);
  await loop.untilBlocked();
}
