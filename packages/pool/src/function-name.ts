/** What to call a function in messages. Its `name` may be anything: a static field of that name, a symbol, a getter that throws. */

/** Returns the function's own name if it is a text, without calling anything of it. */
export function functionName(fn: object): string {
  const name: unknown = Object.getOwnPropertyDescriptor(fn, "name")?.value;
  return typeof name === "string" && name !== "" ? name : "(anonymous)";
}
