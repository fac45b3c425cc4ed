/**
 * What can be sent to another process, and what would be lost on the way.
 *
 *     structuredClone   to a thread    URL: DataCloneError   Blob: a Blob   WebAssembly.Module: a Module
 *     v8.serialize      to a process   URL: {}               Blob: {}       WebAssembly.Module: cannot be read
 *
 * V8's serializer does not know the classes of Node that keep their state in private. So all that is to go to a process is looked through first, in half
 * of the time that it takes to serialize it.
 */
import { serialize } from "node:v8";
import { types } from "node:util";

import { asCloneError } from "./data.ts";

/**
 * Serializes values for a process, which shares no memory.
 *
 * @throws DataCloneError
 */
export function serializeForProcess(values: readonly unknown[]): Uint8Array {
  depthForProcess(values);
  try {
    return serialize(values);
  } catch (error) {
    throw asCloneError(error);
  }
}

/**
 * Returns how deep the values are nested. Recursive as the serializer is: what it can go through has an end.
 *
 * @throws DataCloneError for what would be lost. What else cannot be sent, the serializer finds.
 */
export function depthForProcess(values: readonly unknown[]): number {
  return depthOf(values, new Set());
}

/** The prototypes of objects that go as their fields. */
const plain = new WeakSet<object>([Object.prototype]);
/** Items of an array at most that are looked at one by one: more are holes for the most part. */
const MOST = 10_000_000;

/** What was seen before has no depth: as in the serializer, the first path to it counts, and a circle ends. */
function depthOf(value: unknown, seen: Set<object>): number {
  if (typeof value !== "object" || value === null || seen.has(value)) return 0;
  seen.add(value);
  if (types.isProxy(value)) return 1; // The serializer refuses it.
  if (Array.isArray(value)) return 1 + depthOfItems(value as unknown[], seen);
  if (isPlain(value)) return 1 + depthOfFields(value, seen);
  if (types.isMap(value)) return 1 + depthOfEntries(value, seen);
  if (types.isSet(value)) return 1 + depthOfItems([...Set.prototype.values.call(value)], seen);
  // eslint-disable-next-line @typescript-eslint/no-deprecated -- Node 22 has no Error.isError.
  if (types.isNativeError(value)) return 1 + depthOf(value.cause, seen);
  if (isBuiltIn(value)) return 1;
  checkClass(value);
  return 1 + depthOfFields(value, seen);
}

function depthOfItems(items: readonly unknown[], seen: Set<object>): number {
  if (items.length > MOST) return depthOfFields(items, seen);
  let deepest = 0;
  // Not `items[index]`: where V8 has seen arrays with holes, that makes all others into such, and they are serialized half as fast from then on.
  for (const item of Array.prototype.values.call(items) as Iterable<unknown>)
    if (typeof item === "object") deepest = Math.max(deepest, depthOf(item, seen));
  return deepest;
}

function depthOfEntries(map: ReadonlyMap<unknown, unknown>, seen: Set<object>): number {
  let deepest = 0;
  Map.prototype.forEach.call(map, (item, key) => {
    deepest = Math.max(deepest, depthOf(key, seen), depthOf(item, seen));
  });
  return deepest;
}

function depthOfFields(value: object, seen: Set<object>): number {
  let deepest = 0;
  // Half the price of a list of the keys.
  for (const key in value) {
    const item = (value as Record<string, unknown>)[key];
    if (typeof item === "object" && Object.hasOwn(value, key))
      deepest = Math.max(deepest, depthOf(item, seen));
  }
  return deepest;
}

function isPlain(value: object): boolean {
  const prototype = Object.getPrototypeOf(value) as object | null;
  return prototype === null || plain.has(prototype);
}

/** What the serializer knows besides arrays, maps, sets, errors and plain objects. */
function isBuiltIn(value: object): boolean {
  return (
    ArrayBuffer.isView(value) ||
    types.isAnyArrayBuffer(value) ||
    types.isDate(value) ||
    types.isRegExp(value) ||
    types.isBoxedPrimitive(value)
  );
}

/** A structured clone of an instance is a plain object, unless the host treats its class apart. @throws DataCloneError */
function checkClass(instance: object): void {
  const clone = structuredClone(instance);
  if (Object.getPrototypeOf(clone) !== Object.prototype)
    throw new DOMException(`A ${clone.constructor.name} cannot be sent to another process`, "DataCloneError");
  plain.add(Object.getPrototypeOf(instance) as object);
}
