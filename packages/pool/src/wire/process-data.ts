/**
 * What can be sent to another process, and what would be lost on the way.
 *
 *     structuredClone   to a thread    URL: DataCloneError   Blob: a Blob   WebAssembly.Module: a Module
 *     v8.serialize      to a process   URL: {}               Blob: {}       WebAssembly.Module: cannot be read
 *
 * V8's serializer does not know the classes of Node that keep their state in private. So all that is to go to a process is looked through first, in half
 * of the time that it takes to serialize it.
 */
import { deserialize, serialize } from "node:v8";
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
  return depthOf(values, new Set(), refuseLost);
}

/** The same for a thread, where nothing is lost. */
export function depthForThread(values: readonly unknown[]): number {
  return depthOf(values, new Set(), () => undefined);
}

/**
 * Returns what a process would get of the value.
 *
 * @throws DataCloneError
 */
export function copyForProcess(value: unknown): unknown {
  const views: object[] = [];
  depthOf(value, new Set(), (instance) => {
    refuseLost(instance);
    if (ArrayBuffer.isView(instance)) views.push(instance);
  });
  // Structured cloning takes a third of the time. But it makes a Uint8Array of a Buffer, and copies all of the memory that a view shows a part of.
  if (views.length === 0) return structuredClone(value);
  return (deserialize(serializeForProcess([value])) as unknown[])[0];
}

/** The prototypes of objects that go as their fields. */
const plain = new WeakSet<object>([Object.prototype]);
/** Items of an array at most that are looked at one by one: more are holes for the most part. */
const MOST = 10_000_000;

/** Called for each object but plain ones and collections. */
type Visit = (instance: object) => void;

/** What was seen before has no depth: as in the serializer, the first path to it counts, and a circle ends. */
function depthOf(value: unknown, seen: Set<object>, visit: Visit): number {
  if (typeof value !== "object" || value === null || seen.has(value)) return 0;
  seen.add(value);
  if (types.isProxy(value)) return 1; // The serializer refuses it.
  if (Array.isArray(value)) return 1 + depthOfItems(value as unknown[], seen, visit);
  if (isPlain(value)) return 1 + depthOfFields(value, seen, visit);
  if (types.isMap(value)) return 1 + depthOfEntries(value, seen, visit);
  if (types.isSet(value)) return 1 + depthOfItems([...Set.prototype.values.call(value)], seen, visit);
  visit(value);
  if (isError(value)) return 1 + depthOf(value.cause, seen, visit);
  if (isBuiltIn(value)) return 1;
  return 1 + depthOfFields(value, seen, visit);
}

function depthOfItems(items: readonly unknown[], seen: Set<object>, visit: Visit): number {
  if (items.length > MOST) return depthOfFields(items, seen, visit);
  let deepest = 0;
  // Not `items[index]`: where V8 has seen arrays with holes, that makes all others into such, and they are serialized half as fast from then on.
  for (const item of Array.prototype.values.call(items) as Iterable<unknown>)
    if (typeof item === "object") deepest = Math.max(deepest, depthOf(item, seen, visit));
  return deepest;
}

function depthOfEntries(map: ReadonlyMap<unknown, unknown>, seen: Set<object>, visit: Visit): number {
  let deepest = 0;
  Map.prototype.forEach.call(map, (item, key) => {
    deepest = Math.max(deepest, depthOf(key, seen, visit), depthOf(item, seen, visit));
  });
  return deepest;
}

function depthOfFields(value: object, seen: Set<object>, visit: Visit): number {
  let deepest = 0;
  // Half the price of a list of the keys.
  for (const key in value) {
    const item = (value as Record<string, unknown>)[key];
    if (typeof item === "object" && Object.hasOwn(value, key))
      deepest = Math.max(deepest, depthOf(item, seen, visit));
  }
  return deepest;
}

/** A DOMException is one to some versions of Node; the serializer of each makes an empty Error or object of it. */
function isError(value: object): value is Error {
  // eslint-disable-next-line @typescript-eslint/no-deprecated -- Node 22 has no Error.isError.
  return types.isNativeError(value) && !(value instanceof DOMException);
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

/** @throws DataCloneError for what would arrive as something else. */
function refuseLost(instance: object): void {
  if (types.isSharedArrayBuffer(ArrayBuffer.isView(instance) ? instance.buffer : instance))
    throw refusal("A SharedArrayBuffer, or what lies in one,");
  if (!isBuiltIn(instance) && !isError(instance)) checkClass(instance);
}

/** A structured clone of an instance is a plain object, unless the host treats its class apart. @throws DataCloneError */
function checkClass(instance: object): void {
  const clone = structuredClone(instance);
  if (Object.getPrototypeOf(clone) !== Object.prototype) throw refusal(`A ${clone.constructor.name}`);
  plain.add(Object.getPrototypeOf(instance) as object);
}

function refusal(what: string): DOMException {
  return new DOMException(`${what} cannot be sent to another process`, "DataCloneError");
}
