/** Job: the same work done in several ways, and how long each took. */

/** In turn; at once on the event loop; on a pool of threads or of processes. */
export type Way = "in turn" | "loop" | "threads" | "processes";

export interface Run {
  readonly way: Way;
  /** From the first call to the last result; of a pool, with the start and the end of its workers. */
  readonly milliseconds: number;
  /** The longest time in milliseconds in which this program could do nothing else: serve a request, draw, hear Ctrl+C. */
  readonly heldUp: number;
  /** Which of the results was there first, second and so on: their places in the input, from 0. */
  readonly order: readonly number[];
}

export interface Job {
  readonly title: string;
  readonly about: string;
  /** In the order of the input, the same for all runs. */
  readonly results: readonly number[];
  /** The first run is the one in turn: what the others are compared with. */
  readonly runs: readonly [Run, ...Run[]];
}

/** Returns how many times as fast as in turn the run was. */
export function speedUp({ runs }: Job, { milliseconds }: Run): number {
  return runs[0].milliseconds / milliseconds;
}

/** Returns the same in words. */
export function comparison(job: Job, run: Run): string {
  const faster = speedUp(job, run);
  return faster >= 1 ? `${faster.toFixed(1)} times as fast` : `${(1 / faster).toFixed(1)} times as long`;
}

export function labelOf(way: Way, workers: number): string {
  if (way === "in turn") return "one after another";
  if (way === "loop") return "at once, on the loop";
  return `${workers} ${workers === 1 ? { threads: "thread", processes: "process" }[way] : way}`;
}
