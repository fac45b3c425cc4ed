/** Lag: by how much the host's loop was late, while it is watched. */
import { monitorEventLoopDelay } from "node:perf_hooks";

/** Milliseconds between two looks. */
const RESOLUTION = 1;

/** Returns a function that ends the watch and returns the lag in nanoseconds, the 99th percentile. */
export function watchLag(): () => number {
  const monitor = monitorEventLoopDelay({ resolution: RESOLUTION });
  monitor.enable();
  return () => {
    monitor.disable();
    // What is recorded is the time between two looks.
    return Math.max(0, monitor.percentile(99) - RESOLUTION * 1e6);
  };
}
