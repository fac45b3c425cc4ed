/**
 * inPool: a pool that is made for one job.
 *
 *     submit ──► futures ──asCompleted──► progress and results, in the order in which they are done
 */
import { type Future, asCompleted } from "@async/futures";
import type { Submitter } from "@async/pool";
import { currentTask } from "@async/task";

import type { PoolKind } from "../pools.ts";
import type { Progress } from "./run-all.ts";

/**
 * Resolves to the results once the last worker is gone. Rejects with the first error that comes; also then nothing is left behind.
 *
 * @param submit - submits all calls, by what it is given
 */
export async function inPool(
  { make }: PoolKind,
  workers: number,
  submit: (calls: Submitter) => Future<number>[],
  progress: Progress,
): Promise<number[]> {
  await using pool = make({ maxWorkers: workers });
  // Ctrl+C cancels this task, and its signal the calls; without it the pool would do them all before it ends.
  const futures = submit(pool.with({ signal: currentTask()!.signal }));
  const results: number[] = [];
  for await (const future of asCompleted(futures)) {
    const index = futures.indexOf(future);
    results[index] = future.result();
    progress(index);
  }
  return results;
}
