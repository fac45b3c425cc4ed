/** countNumbers: the job that needs processors. Each number is evaluated, first in turn, then on each kind of pool. */
import { sleep } from "@async/task";

import { evaluate } from "../evaluate.ts";
import { inWorkers } from "../in-workers.ts";
import type { Job } from "../job.ts";
import { type PoolKind, pools } from "../pools.ts";
import type { Settings } from "../settings.ts";
import type { Page } from "../text/page.ts";
import { inPool } from "./in-pool.ts";
import { type Attempt, type Progress, runAll } from "./run-all.ts";

export function countNumbers(settings: Settings, page: Page): Promise<Job> {
  const { numbers, steps, workers } = settings;
  return runAll(
    {
      title: "CPU-bound",
      about: `${numbers.length} numbers, each times ${steps.toLocaleString("en")} steps, which are counted one by one.`,
      size: numbers.length,
      workers,
    },
    page,
    [
      { way: "in turn", work: (progress) => countInTurn(settings, progress) },
      ...pools.map((kind): Attempt => {
        return { way: kind.name, work: (progress) => countInPool(kind, settings, progress) };
      }),
    ],
  );
}

async function countInTurn({ numbers, steps }: Settings, progress: Progress): Promise<number[]> {
  const results: number[] = [];
  for (const [index, number] of numbers.entries()) {
    results.push(evaluate(number, steps));
    progress(index);
    // Nobody else had a turn until here, not even Ctrl+C.
    await sleep(0);
  }
  return results;
}

function countInPool(
  kind: PoolKind,
  { numbers, steps, workers }: Settings,
  progress: Progress,
): Promise<number[]> {
  return inPool(
    kind,
    workers,
    (calls) => numbers.map((number) => calls.submit(inWorkers.evaluate, number, steps)),
    progress,
  );
}
