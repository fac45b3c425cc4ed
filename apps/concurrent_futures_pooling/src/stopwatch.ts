/** stopwatch: how long work takes, and for how long at a time it keeps the event loop from everything else. */
import { monitorEventLoopDelay } from "node:perf_hooks";

import { sleep } from "@async/task";

/** Milliseconds from one look at the loop to the next. */
const RESOLUTION = 5;

export interface Timing {
  readonly milliseconds: number;
  readonly heldUp: number;
}

export async function stopwatch(work: () => PromiseLike<void>): Promise<Timing> {
  const delay = monitorEventLoopDelay({ resolution: RESOLUTION });
  delay.enable();
  const start = performance.now();
  await work();
  const milliseconds = performance.now() - start;
  // The delay that the end of the work has caused is only seen at the next look.
  await sleep(2 * RESOLUTION);
  delay.disable();
  // The clock of the monitor counts nanoseconds, and the time until the look was due.
  return { milliseconds, heldUp: Math.max(0, delay.max / 1e6 - RESOLUTION) };
}
