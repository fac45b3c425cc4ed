/**
 * ThreadPoolExecutor: runs calls on worker threads.
 *
 * Python: `concurrent.futures.ThreadPoolExecutor`. Threads of Node share no objects, but do run in parallel.
 */
import { BrokenThreadPool } from "./errors.ts";
import type { PoolOptions } from "./options.ts";
import { PoolExecutor } from "./pool-executor.ts";
import { ThreadBackend } from "./thread-backend.ts";

/**
 * An executor whose workers are threads. They start on demand; idle ones do not keep the program alive.
 *
 * @example
 * ```ts
 * import { ThreadPoolExecutor, inline } from "@async/pool";
 *
 * await using pool = new ThreadPoolExecutor({ maxWorkers: 2 });
 * const square = inline((n: number) => n * n);
 * console.log(await pool.submit(square, 12)); // 144
 * for await (const result of pool.map(square, [1, 2, 3])) console.log(result); // 1, 4, 9
 * ```
 */
export class ThreadPoolExecutor extends PoolExecutor {
  /** @throws TypeError, UsageError for what an option cannot be; DataCloneError for `initargs` that cannot be sent. */
  constructor(options: PoolOptions = {}) {
    super("ThreadPoolExecutor", options, new ThreadBackend(options), BrokenThreadPool);
  }
}
