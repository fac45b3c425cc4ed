/** The text form of futures, as `toString` and `util.inspect` show it: `<Future finished result=42>`. */
import { type InspectOptions, inspect } from "node:util";

export type FutureState = "pending" | "running" | "cancelled" | "finished" | "failed";

/** Lists what stands between the angle brackets after the name. Of more than two watchers it shows the first and the last. */
export function describeFuture(
  state: FutureState,
  outcome: unknown,
  watchers: string[],
  createdAt: string | undefined,
): string[] {
  const parts: string[] = [state === "failed" ? "finished" : state];
  if (state === "finished") parts.push(`result=${brief(outcome)}`);
  if (state === "failed") parts.push(`exception=${brief(outcome)}`);
  if (watchers.length > 2) watchers.splice(1, watchers.length - 2, `<${watchers.length - 2} more>`);
  if (watchers.length > 0) parts.push(`cb=[${watchers.join(", ")}]`);
  if (createdAt !== undefined) parts.push(`created at ${callerLine(createdAt)}`);
  return parts;
}

/** Names a future without its state: `Task 'x'`, `Future`. Two tasks may wait for each other, so a text form must not include the other's. */
export function nameOf(future: object): string {
  const { name } = future as { readonly name?: unknown };
  return typeof name === "string" ? `${future.constructor.name} '${name}'` : future.constructor.name;
}

/** `inspect` for reports, which must not fail: an object whose own `inspect` or getters throw is shown by its type. */
export function show(value: unknown, options: InspectOptions = {}): string {
  try {
    return inspect(value, options);
  } catch {
    return typeof value;
  }
}

function brief(value: unknown): string {
  try {
    if (value instanceof Error) return `${value.name}: ${value.message}`;
  } catch {
    return typeof value;
  }
  return show(value, { depth: 0, breakLength: Infinity, maxStringLength: 60 });
}

/** The first line of the stack that is not of these packages. */
function callerLine(stack: string): string {
  const lines = stack.split("\n").slice(1);
  const line = lines.find(
    (candidate) => !/(packages|@async)\/(futures|loop|task)\/(src|dist)\//.test(candidate),
  );
  return (line ?? lines[0] ?? "").trim().replace(/^at /, "");
}
