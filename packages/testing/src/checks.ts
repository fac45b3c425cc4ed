/** Checks of what the functions of this package are called with: misuse fails before anything has begun, and says what to write. */
import { inspect } from "node:util";

import { UsageError } from "@async/futures";
import { currentAwaiter } from "@async/futures/port";
import { type EventLoop, isDefaultLoop } from "@async/loop";

/** @throws UsageError if the body is no function, or the call comes from a task or callback of a running loop. */
export function checkCall(caller: string, body: unknown): void {
  if (typeof body !== "function") {
    throw new UsageError(
      `${caller} takes a function, got ${inspect(body, { depth: 0 })}; write ${caller}(async () => ...)`,
    );
  }
  const loop = currentAwaiter()?.scheduler as EventLoop | undefined;
  if (loop === undefined || isDefaultLoop(loop) || !loop.isRunning()) return;
  throw new UsageError(
    `${caller} runs a loop of its own and cannot be called in one that runs; await the function itself`,
  );
}

/** @throws UsageError if the option is no number from `least` up. */
export function checkLimit(caller: string, name: string, value: unknown, least = 1): void {
  if (typeof value === "number" && value >= least) return;
  throw new UsageError(`${caller}: ${name} is a number from ${least} up, got ${inspect(value)}`);
}

/** @throws UsageError if the option is no integer from `least` up. */
export function checkInteger(caller: string, name: string, value: unknown, least = 1): void {
  if (Number.isSafeInteger(value) && (value as number) >= least) return;
  const range = least === -Infinity ? "" : ` from ${least} up`;
  throw new UsageError(`${caller}: ${name} is an integer${range}, got ${inspect(value)}`);
}
