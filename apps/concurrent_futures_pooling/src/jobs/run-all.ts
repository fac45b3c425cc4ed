/** runAll: does a job in all ways, one after another, with a progress bar for each, and holds their results against each other. */
import assert from "node:assert/strict";

import { type Job, type Run, type Way, labelOf } from "../job.ts";
import { stopwatch } from "../stopwatch.ts";
import type { Page } from "../text/page.ts";

/** Called with the place of each result in the input, as soon as it is there. */
export type Progress = (index: number) => void;

export interface Plan {
  readonly title: string;
  readonly about: string;
  /** How many results there will be. */
  readonly size: number;
  readonly workers: number;
}

export interface Attempt {
  readonly way: Way;
  /** Resolves to the results, in the order of the input. */
  readonly work: (progress: Progress) => Promise<number[]>;
}

export async function runAll(
  { title, about, size, workers }: Plan,
  page: Page,
  attempts: readonly [Attempt, ...Attempt[]],
): Promise<Job> {
  const { length: labelWidth } = labelOf("loop", workers);
  let results: number[] = [];
  const runOne = async ({ way, work }: Attempt): Promise<Run> => {
    const order: number[] = [];
    using bar = page.progressBar(labelOf(way, workers).padEnd(labelWidth), size);
    const timing = await stopwatch(async () => {
      const own = await work((index) => {
        order.push(index);
        bar.advance();
      });
      if (way === "in turn") results = own;
      assert.deepEqual(own, results, "all ways give the same results");
    });
    bar.end(`${timing.milliseconds.toFixed(0).padStart(5)} ms`);
    return { way, ...timing, order };
  };

  page.say(about);
  const [first, ...others] = attempts;
  const runs: [Run, ...Run[]] = [await runOne(first)];
  for (const attempt of others) runs.push(await runOne(attempt));
  page.line("");
  return { title, about, results, runs };
}
