/** What the workers are asked to do. */

/** Gives back what it was given: the least that a call can do. */
export function echo(value: number): number {
  return value;
}

/** Keeps its worker busy for so many microseconds, and returns 1. */
export function spin(microseconds: number): number {
  const end = performance.now() + microseconds / 1000;
  while (performance.now() < end) {
    // What a worker is for: nothing else runs on its thread.
  }
  return 1;
}
