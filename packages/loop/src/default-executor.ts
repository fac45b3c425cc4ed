/**
 * DefaultExecutor: the executor that a loop uses where none is named, and its end with the loop.
 *
 * Source: `run_in_executor`, `shutdown_default_executor` in Lib/asyncio/base_events.py.
 */
import process from "node:process";

import { type Executor, UsageError, isExecutor } from "@async/futures";
import { MAX_TIMEOUT } from "@async/futures/port";

// Captured at import, so that a test runner's fake timers do not stop a shutdown.
const { setTimeout, clearTimeout } = globalThis;

export class DefaultExecutor {
  #executor: Executor | null = null;
  #isShutDown = false;

  /** @throws TypeError if it has not the methods of an executor. */
  set(executor: Executor): void {
    if (!isExecutor(executor)) {
      throw new TypeError(
        "setDefaultExecutor takes an Executor (submit, map, starmap, shutdown), such as new ThreadPoolExecutor()",
      );
    }
    this.#executor = executor;
  }

  /** @throws UsageError if there is none, or no more. */
  get(): Executor {
    if (this.#isShutDown)
      throw new UsageError("The default executor has been shut down; pass an executor of your own");
    if (this.#executor === null) {
      throw new UsageError(
        "There is no default executor: call loop.setDefaultExecutor(new ThreadPoolExecutor()) from @async/pool first, or pass an executor",
      );
    }
    return this.#executor;
  }

  /** @param timeout - milliseconds; when they are over, a warning is given and the work is left alone */
  async shutdown(timeout: number | null): Promise<void> {
    this.#isShutDown = true;
    const executor = this.#executor;
    this.#executor = null;
    if (executor === null) return;
    if (timeout === null || timeout > MAX_TIMEOUT) {
      await executor.shutdown();
      return;
    }
    let timer: NodeJS.Timeout | undefined;
    const expiry = new Promise<"expired">((resolve) => {
      timer = setTimeout(resolve, timeout, "expired");
    });
    try {
      if ((await Promise.race([executor.shutdown(), expiry])) !== "expired") return;
    } finally {
      clearTimeout(timer);
    }
    process.emitWarning(`The default executor did not end its work within ${timeout} ms`, "RuntimeWarning");
    await executor.shutdown({ wait: false });
  }

  /** The loop closes: nobody waits any more, so a failure goes to `report`. */
  abandon(report: (error: unknown) => void): void {
    this.#isShutDown = true;
    this.#executor?.shutdown({ wait: false }).catch(report);
    this.#executor = null;
  }
}
