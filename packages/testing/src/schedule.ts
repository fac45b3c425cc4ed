/**
 * Schedule: an order in which what is ready runs, as the list of places where it leaves the usual one.
 *
 *     [[6, 1]]      the sixth step runs the job that is second in line (0 is the first), every other step the first in line
 *
 * So the empty schedule is first in first out, and a short one says how little it takes for a test to fail.
 */
import { inspect } from "node:util";

import { UsageError } from "@async/futures";

/** One place: in this step, counted from 1, the job in this place of the line runs, in place of the first, which is 0. */
export type Deviation = readonly [step: number, place: number];

export type Schedule = readonly Deviation[];

/** @throws UsageError if it is no schedule. */
export function checkSchedule(caller: string, schedule: unknown): asserts schedule is Schedule {
  const isSchedule =
    Array.isArray(schedule) &&
    schedule.every(
      (entry: unknown) =>
        Array.isArray(entry) && entry.length === 2 && entry.every((n) => Number.isSafeInteger(n) && n > 0),
    );
  if (isSchedule) return;
  throw new UsageError(
    `${caller}: replay takes a schedule as a failure prints it, such as [[6, 1]], got ${inspect(schedule)}`,
  );
}

/** Returns the schedule as it is written in a test. */
export function printSchedule(schedule: Schedule): string {
  return `[${schedule.map(([step, place]) => `[${step}, ${place}]`).join(", ")}]`;
}
