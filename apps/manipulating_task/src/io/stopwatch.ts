/** stopwatch: how long work takes, in milliseconds of the running loop. */
import { getRunningLoop } from "@async/loop";

export async function stopwatch(work: () => PromiseLike<unknown>): Promise<number> {
  const loop = getRunningLoop();
  const start = loop.time();
  await work();
  return loop.time() - start;
}
