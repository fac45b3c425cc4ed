/**
 * Where futures were made, remembered in debug mode alone: beside them, so that those of production pay no field for it.
 */
const stacks = new WeakMap<object, string>();

/** Remembers the stack of the caller for the future that is being made. */
export function rememberCreation(future: object): void {
  stacks.set(future, new Error("created here").stack ?? "");
}

export function creationStack(future: object): string | undefined {
  return stacks.get(future);
}
