/** writeTimes: the table of all runs: how long each took, and what was gained. */
import { type Job, labelOf, speedUp } from "../job.ts";
import type { Page } from "./page.ts";

export function writeTimes(page: Page, jobs: readonly Job[], workers: number): void {
  const rows = jobs.flatMap((job) =>
    job.runs.map((run) => [
      `${job.title}, ${labelOf(run.way, workers)}`,
      `${run.milliseconds.toFixed(0)} ms`,
      inFewDigits(speedUp(job, run)),
      `${run.heldUp.toFixed(0)} ms`,
    ]),
  );
  page.table(["", "time", "speed-up", "loop held up"], rows);
}

function inFewDigits(factor: number): string {
  return factor >= 0.1 ? factor.toFixed(1) : factor.toPrecision(1);
}
