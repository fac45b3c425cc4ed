/** The checks of `executor.with(options)`. */
import { inspect } from "node:util";

import { UsageError } from "@async/futures";
import { checkTimeout } from "@async/futures/port";

import type { Backend } from "./backend.ts";
import type { CallOptions } from "./call-watch.ts";

/** @throws TypeError, UsageError for what an option cannot be. */
export function checkCallOptions(kind: Backend["kind"], options: CallOptions): void {
  const { onProgress, signal, timeout, transfer } = options;
  checkTimeout("with", timeout);
  if (typeof timeout === "number" && timeout < 0)
    throw new UsageError(`with: timeout is milliseconds, 0 or more, got ${timeout}`);
  if (signal !== undefined && !(signal instanceof AbortSignal))
    throw new TypeError(`with: signal is an AbortSignal, got ${inspect(signal, { depth: 0 })}`);
  if (onProgress !== undefined && typeof onProgress !== "function")
    throw new TypeError(`with: onProgress is a function, got ${inspect(onProgress, { depth: 0 })}`);
  if (transfer === undefined) return;
  if (!Array.isArray(transfer))
    throw new TypeError(`with: transfer is an array, got ${inspect(transfer, { depth: 0 })}`);
  if (kind === "process")
    throw new UsageError(
      "with: a process shares no memory, so nothing can be transferred to it; leave transfer out",
    );
}
