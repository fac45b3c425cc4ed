/**
 * Packing: how the values of a call get into a message and out of it.
 *
 *     thread    as they are: the message is a structured clone, and one that cannot be read is told apart from others
 *     process   as they are, unless they are nested so deep that the other side's stack may be too small to read them. Its channel drops such
 *               a message and says not which it was; so they are serialized by themselves, and the rest of the message can be read
 *
 * Errors and reports of progress are packed for a thread as for a process: a message with them that cannot be read would be taken for the outcome
 * of a call. For arguments and results that is no mistake, and looking how deep they are would cost half as much as cloning them.
 */
import { types } from "node:util";
import { deserialize } from "node:v8";

import { type Packed, type Packing, canShareMessage, canShareMessages } from "./data.ts";
import { copyForProcess, depthForProcess, depthForThread, serializeForProcess } from "./process-data.ts";

/** Objects in objects: the smallest stack that Node starts with is enough for some more. */
const DEEP = 100;

export const THREAD_PACKING: Packing = {
  pack: (values) => values,
  packReadable: (values) => packIfDeep(values, depthForThread),
  copy: (value) => copyOfRecord(value) ?? structuredClone(value),
};

const packForProcess = (values: readonly unknown[]): Packed => packIfDeep(values, depthForProcess);

export const PROCESS_PACKING: Packing = {
  pack: packForProcess,
  packReadable: packForProcess,
  copy: (value) => copyOfRecord(value) ?? copyForProcess(value),
};

/** @throws Error if they cannot be read here, say because they are nested too deep for this stack. */
export function unpack(packed: Packed): readonly unknown[] {
  return packed instanceof Uint8Array ? (deserialize(packed) as unknown[]) : packed;
}

function packIfDeep(values: readonly unknown[], depthOf: (values: readonly unknown[]) => number): Packed {
  return canShareMessages(values) || depthOf(values) < DEEP ? values : serializeForProcess(values);
}

/**
 * Copies a plain object whose fields are all primitive; returns null for any other value. A map has many such results, and structured cloning
 * takes a microsecond for each.
 */
function copyOfRecord(value: unknown): object | null {
  if (typeof value !== "object" || value === null || types.isProxy(value)) return null;
  if (Object.getPrototypeOf(value) !== Object.prototype) return null;
  const copy: Record<string, unknown> = { ...value };
  for (const key in copy) if (!canShareMessage(copy[key])) return null;
  return copy;
}
