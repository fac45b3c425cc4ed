/**
 * What can be cloned but must not be: a future or an executor would arrive as an empty object.
 */
import { isExecutor, isFuture } from "@async/futures";

/** @throws TypeError that says what to pass instead. */
export function checkArguments(args: readonly unknown[]): void {
  // The items of a map come here too, by the hundred thousand: a plain loop.
  for (let index = 0; index < args.length; index++) {
    const arg = args[index];
    if (typeof arg !== "object" || arg === null) continue;
    if (isFuture(arg))
      throw new TypeError(
        `Argument ${index} is a future, which cannot be sent; await it and pass its result`,
      );
    if (isExecutor(arg))
      throw new TypeError(
        `Argument ${index} is an executor, which cannot be sent; submit from the main program`,
      );
  }
}
