/** hostWork: work of the host that cannot be seen from here, announced. */
import { testLoop } from "./test-loop.ts";

/**
 * Returns the promise as it is; until it settles, the time of the running test stands still.
 *
 * For what cannot be seen by itself: a reply of a worker, of a child process, on a bare socket.
 *
 * @throws UsageError outside of `runVirtual`, `explore` and `cancelEverywhere`.
 *
 * @example
 * ```ts
 * import { execFile } from "node:child_process";
 * import process from "node:process";
 * import { promisify } from "node:util";
 *
 * import { hostWork, runVirtual } from "@async/testing";
 *
 * await runVirtual(async () => {
 *   const { stdout } = await hostWork(promisify(execFile)(process.execPath, ["--print", "6 * 7"]));
 *   console.log(stdout.trim()); // 42
 * });
 * ```
 */
export function hostWork<T extends PromiseLike<unknown>>(promise: T): T {
  const { host } = testLoop("hostWork");
  if (host === null) return promise;
  const end = (): void => host.end(promise);
  host.begin(promise, "what hostWork was given");
  promise.then(end, end);
  return promise;
}
