/**
 * The orphan guard: a thread inside a worker process that ends the process once its parent is gone.
 *
 * An idle process notices that the channel closes. One that runs an endless loop reads no channel any more; its guard does the noticing. Threads need
 * none: they end with their process.
 */
import { Worker } from "node:worker_threads";

/** Milliseconds between two looks, which cost a microsecond each. */
const LOOK_EVERY = 200;

const SOURCE = `
const { workerData: { parentPid, every } } = require("node:worker_threads");
const isGone = () => {
  if (process.ppid !== parentPid) return true;
  try { process.kill(parentPid, 0); return false; } catch (error) { return error.code === "ESRCH"; }
};
setInterval(() => { if (isGone()) process.kill(process.pid, "SIGKILL"); }, every);
`;

export function startOrphanGuard(parentPid: number): void {
  const guard = new Worker(SOURCE, {
    eval: true,
    name: "orphan guard",
    workerData: { parentPid, every: LOOK_EVERY },
    // Neither what the program preloads nor much memory.
    execArgv: [],
    env: {},
    resourceLimits: { maxOldGenerationSizeMb: 8, maxYoungGenerationSizeMb: 1, stackSizeMb: 1 },
  });
  guard.on("error", () => undefined); // A process without guard still serves.
  guard.unref();
}
