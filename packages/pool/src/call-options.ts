/** The checks of `executor.with(options)`. */
import { UsageError } from "@async/futures";
import { checkTimeout } from "@async/futures/port";

import type { Backend } from "./backend.ts";
import type { CallOptions } from "./call-watch.ts";
import { checkObject } from "./options.ts";
import { show } from "./show.ts";

/** @throws TypeError, UsageError for what an option cannot be. */
export function checkCallOptions(kind: Backend["kind"], options: CallOptions): void {
  checkObject("with", options);
  const { onProgress, signal, timeout, transfer } = options;
  checkTimeout("with", timeout);
  if (typeof timeout === "number" && timeout < 0)
    throw new UsageError(`with: timeout is milliseconds, 0 or more, got ${timeout}`);
  checkSignal("with", signal);
  if (onProgress !== undefined && typeof onProgress !== "function")
    throw new TypeError(`with: onProgress is a function, got ${show(onProgress)}`);
  if (transfer === undefined) return;
  if (!Array.isArray(transfer)) throw new TypeError(`with: transfer is an array, got ${show(transfer)}`);
  if (kind === "process")
    throw new UsageError(
      "with: a process shares no memory, so nothing can be transferred to it; leave transfer out",
    );
}

/** @throws TypeError unless it is a signal or left out. */
export function checkSignal(caller: string, signal: unknown): void {
  if (signal !== undefined && !(signal instanceof AbortSignal))
    throw new TypeError(`${caller}: signal is an AbortSignal, got ${show(signal)}`);
}
