/** mustExist: what a program of the recorder can rely on. */

/** Returns the value; throws if there is none, for then the program is not one of ours. */
export function mustExist<T>(value: T | null | undefined, what: string): T {
  if (value === null || value === undefined) throw new Error(`There is no ${what}`);
  return value;
}
