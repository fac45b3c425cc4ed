/**
 * compareNaturally: the order of items that have one by themselves, as Python's `<` has it.
 *
 * Numbers, bigints, booleans and dates by their value, texts by their code units, arrays item by item and the shorter one first, as Python's tuples.
 * JavaScript's own `<` compares arrays and objects by their texts, by which [10] comes before [9]: here, what has no order is refused.
 */
import { inspect } from "node:util";

/** Negative if `a` comes before `b`, positive if after, else 0: as for `Array.sort`. */
export type Compare<T> = (a: T, b: T) => number;

/** @throws TypeError for two that have no order: objects, NaN, a text and a number. */
export function compareNaturally(a: unknown, b: unknown): number {
  if (typeof a === "number" && typeof b === "number") {
    const difference = a - b; // NaN for two infinities and for NaN: see below.
    if (!Number.isNaN(difference)) return difference;
  }
  if (Array.isArray(a) && Array.isArray(b)) return compareArrays(a, b);
  if (a === b) return 0;
  const [x, y] = [keyOf(a), keyOf(b)];
  if (x !== null && y !== null && (typeof x === "string") === (typeof y === "string")) {
    if (x < y) return -1;
    if (x > y) return 1;
    if (x >= y) return 0; // Not so for NaN.
  }
  const pair = `${inspect(a, { depth: 0 })} and ${inspect(b, { depth: 0 })}`;
  throw new TypeError(
    `${pair} have no order; pass a comparator: new PriorityQueue(0, (a, b) => a.priority - b.priority)`,
  );
}

function compareArrays(a: readonly unknown[], b: readonly unknown[]): number {
  const common = Math.min(a.length, b.length);
  for (let index = 0; index < common; index += 1) {
    const order = compareNaturally(a[index], b[index]);
    if (order !== 0) return order;
  }
  return a.length - b.length;
}

/** What the value is compared by, null for one without an order. */
function keyOf(value: unknown): number | bigint | string | null {
  switch (typeof value) {
    case "number":
    case "bigint":
    case "string":
      return value;
    case "boolean":
      return Number(value);
    default:
      return value instanceof Date ? value.getTime() : null;
  }
}
