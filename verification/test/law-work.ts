/** What the laws of executors have run in a worker. */
export function identity(value: number): number {
  return value;
}

export function add(a: number, b: number): number {
  return a + b;
}

export async function double(value: number): Promise<number> {
  return 2 * value;
}

export function reciprocal(value: number): number {
  if (value === 0) throw new RangeError("0 has no reciprocal");
  return 1 / value;
}
