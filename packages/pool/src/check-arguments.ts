/**
 * What must not be sent: it would arrive as an empty object, at least in a process, and its receiver would not know why.
 */
import { isExecutor, isFuture } from "@async/futures";

import { show } from "./show.ts";

/** @throws TypeError that says what to pass instead. */
export function checkArguments(args: readonly unknown[]): void {
  for (const [index, arg] of args.entries()) {
    const advice = typeof arg === "object" && arg !== null ? adviceOn(arg) : null;
    if (advice !== null) throw new TypeError(`Argument ${index} is ${advice}`);
  }
}

/** Checks the items of a map, each of them the argument of a call, or a tuple of arguments. @throws TypeError */
export function checkItems(items: readonly unknown[], areTuples: boolean): void {
  if (areTuples) for (const item of items) checkTuple(item);
  else for (const item of items) if (typeof item === "object" && item !== null) checkArguments([item]);
}

function checkTuple(item: unknown): void {
  if (!Array.isArray(item))
    throw new TypeError(
      `starmap takes tuples of arguments: [[1], [2]]; for single arguments use map; got ${show(item)}`,
    );
  checkArguments(item);
}

function adviceOn(arg: object): string | null {
  if (isFuture(arg)) return "a future, which cannot be sent; await it and pass its result";
  if (isExecutor(arg)) return "an executor, which cannot be sent; submit from the main program";
  if (arg instanceof URL) return "a URL, which cannot be sent; pass its href";
  if (arg instanceof AbortSignal)
    return "an AbortSignal, which cannot be sent; pass it to with({ signal }), and have the function use currentCall().signal";
  return null;
}
