/**
 * Replays recordings and keeps those whose observation differs.
 */
import { type Difference, describeDifference, firstDifference } from "./compare.ts";
import type { Observation, Recording } from "./program.ts";
import { observe } from "./run.ts";

export interface Mismatch {
  readonly recording: Recording;
  readonly actual: Observation;
  readonly difference: Difference;
}

/** Resolves to null when our observation equals the recorded one. */
export async function replay(recording: Recording): Promise<Mismatch | null> {
  const actual = await observe(recording.scenario);
  const difference = firstDifference(recording.expect, actual);
  return difference && { recording, actual, difference };
}

/** Replays one after another and resolves to the mismatches. */
export async function replayAll(recordings: readonly Recording[]): Promise<Mismatch[]> {
  const mismatches = [];
  for (const recording of recordings) {
    const mismatch = await replay(recording);
    if (mismatch) mismatches.push(mismatch);
  }
  return mismatches;
}

export function describeMismatch({ recording, actual, difference }: Mismatch): string {
  return describeDifference(recording.scenario, recording.expect, actual, difference);
}
