/**
 * show: a value as it stands in a message, whatever it is: inspection runs code of the value's own, which may throw.
 *
 * That of `@async/futures` is the same. Workers do not import that package, which would take them longer than all the rest.
 */
import { type InspectOptions, inspect } from "node:util";

/** Never throws. */
export function show(value: unknown, options: InspectOptions = { depth: 0 }): string {
  try {
    return inspect(value, options);
  } catch {
    return `${typeof value} that cannot be shown`;
  }
}
