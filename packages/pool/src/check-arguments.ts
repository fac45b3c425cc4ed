/**
 * What must not be sent: it would arrive as an empty object, at least in a process, and its receiver would not know why.
 */
import { isExecutor, isFuture } from "@async/futures";

/** @throws TypeError that says what to pass instead. */
export function checkArguments(args: readonly unknown[]): void {
  // The items of a map come here too, by the hundred thousand: a plain loop.
  for (let index = 0; index < args.length; index++) {
    const arg = args[index];
    if (typeof arg !== "object" || arg === null) continue;
    const advice = adviceOn(arg);
    if (advice !== null) throw new TypeError(`Argument ${index} is ${advice}`);
  }
}

function adviceOn(arg: object): string | null {
  if (isFuture(arg)) return "a future, which cannot be sent; await it and pass its result";
  if (isExecutor(arg)) return "an executor, which cannot be sent; submit from the main program";
  if (arg instanceof URL) return "a URL, which cannot be sent; pass its href";
  if (arg instanceof AbortSignal)
    return "an AbortSignal, which cannot be sent; pass it to with({ signal }), and have the function use currentCall().signal";
  return null;
}
