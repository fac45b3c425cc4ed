/** What an executor tells of itself: a frozen snapshot. */

export interface WorkerStatistics {
  readonly name: string;
  /** The id of the thread or process. */
  readonly id: number;
  readonly state: "starting" | "idle" | "busy";
  /** The calls that it was given in all. */
  readonly calls: number;
}

export interface PoolStatistics {
  readonly maxWorkers: number;
  readonly workers: readonly WorkerStatistics[];
  /** Calls, and items of maps, that no worker has yet. */
  readonly queued: number;
  /** Those that a worker has: one that runs, and those that wait behind it. */
  readonly atWorkers: number;
  /** Calls and items of maps that have not ended. */
  readonly pending: number;
  /** Calls that have ended, by how. A chunk of a map is one call. */
  readonly completed: number;
  readonly failed: number;
  readonly cancelled: number;
  /** Workers that died of themselves. */
  readonly died: number;
}
