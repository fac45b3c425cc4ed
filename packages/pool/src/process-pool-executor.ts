/**
 * ProcessPoolExecutor: runs calls in child processes.
 *
 * Python: `concurrent.futures.ProcessPoolExecutor`.
 */
import { BrokenProcessPool } from "./errors.ts";
import type { PoolOptions } from "./options.ts";
import { PoolExecutor } from "./pool-executor.ts";
import { ProcessBackend } from "./process-backend.ts";

/**
 * An executor whose workers are processes: slower to start and to talk to than threads, but what crashes one (a native module, memory, `process.abort`)
 * crashes it alone. They start on demand; idle ones do not keep the program alive, and none outlives it.
 *
 * @example
 * ```ts
 * import { ProcessPoolExecutor, inline } from "@async/pool";
 *
 * await using pool = new ProcessPoolExecutor({ maxWorkers: 1 });
 * const pid = await pool.submit(inline(() => process.pid));
 * console.log(pid === process.pid); // false
 * ```
 */
export class ProcessPoolExecutor extends PoolExecutor {
  /** @throws TypeError, UsageError for what an option cannot be; DataCloneError for `initargs` that cannot be sent. */
  constructor(options: PoolOptions = {}) {
    super("ProcessPoolExecutor", options, new ProcessBackend(options), BrokenProcessPool);
  }
}
