/**
 * runVirtual: runs a test on virtual time. Hours pass in milliseconds, a hang is found at once, and what is left behind fails the test.
 *
 * Time moves when every task is blocked, straight to the next timer; it stands still while the host works (`host-watch.ts`).
 */
import type { Coroutine } from "@async/task";

import { checkCall, checkLimit } from "./checks.ts";
import { Trial } from "./trial.ts";

export interface RunVirtualOptions {
  /** Milliseconds of real time for which the host may have something under way. Default: 4000, less than test runners wait for a test. */
  readonly hostTimeout?: number;
  /** How often time may move: a body that goes on for ever fails then. Default: 1,000,000, which takes some seconds. */
  readonly maxMoves?: number;
  /** Debug mode of the loop: it also finds tasks that swallow a cancellation. Default: false. */
  readonly debug?: boolean;
}

/**
 * Runs the body as a task on virtual time, and settles as it does.
 *
 * @throws DeadlockError if it waits for what can never happen, with who waits for whom; LeftoverError if it leaves a task, a timer or an unread
 * error behind; EndlessRunError if it never ends; HostTimeoutError if the host takes too long.
 *
 * @example
 * ```ts
 * import { sleep } from "@async/task";
 * import { runVirtual } from "@async/testing";
 *
 * const start = Date.now();
 * await runVirtual(() => sleep(3_600_000));
 * console.log(Date.now() - start < 1000); // true
 * ```
 */
export async function runVirtual<T>(body: Coroutine<T>, options: RunVirtualOptions = {}): Promise<T> {
  checkCall("runVirtual", body);
  const { hostTimeout = 4000, maxMoves = 1_000_000, debug = false } = options;
  checkLimit("runVirtual", "hostTimeout", hostTimeout);
  checkLimit("runVirtual", "maxMoves", maxMoves);
  return new Trial(body, { hostTimeout, maxMoves, debug }).play();
}
