/** Checks of arguments that are times and durations: a number of milliseconds, or none where that is allowed. */
import { inspect } from "node:util";

import { UsageError } from "./errors.ts";

/** @throws TypeError if it is no number, UsageError if it is NaN. */
export function checkTime(caller: string, name: string, time: unknown): asserts time is number {
  check(caller, name, time, "");
}

/** The same for one that may be null. */
export function checkTimeOrNull(caller: string, name: string, time: unknown): asserts time is number | null {
  if (time !== null) check(caller, name, time, " or null");
}

/** The same for the `timeout` in a caller's options, which may also be left out. */
export function checkTimeout(caller: string, timeout: unknown): asserts timeout is number | null | undefined {
  if (timeout !== undefined) checkTimeOrNull(caller, "timeout", timeout);
}

function check(caller: string, name: string, time: unknown, orNull: string): void {
  if (typeof time !== "number")
    throw new TypeError(`${caller}: ${name} is a number of milliseconds${orNull}, got ${inspect(time)}`);
  if (Number.isNaN(time)) throw new UsageError(`${caller}: ${name} is NaN; pass milliseconds${orNull}`);
}
