/**
 * Packing: how the values of a call get into a message and out of it.
 *
 *     thread    as they are: the message is a structured clone, and one that cannot be read is told apart from others
 *     process   as they are, unless they are nested so deep that the other side's stack may be too small to read them. Its channel drops such
 *               a message and says not which it was; so they are serialized by themselves, and the rest of the message can be read
 */
import { deserialize } from "node:v8";

import { type Packed, type Packing, canShareMessages } from "./data.ts";
import { depthForProcess, serializeForProcess } from "./process-data.ts";

/** Objects in objects: the smallest stack that Node starts with is enough for some more. */
const DEEP = 100;

export const THREAD_PACKING: Packing = {
  pack: (values) => values,
  copy: structuredClone,
};

export const PROCESS_PACKING: Packing = {
  pack: (values) =>
    canShareMessages(values) || depthForProcess(values) < DEEP ? values : serializeForProcess(values),
  copy: (value) => unpack(serializeForProcess([value]))[0],
};

/** @throws Error if they cannot be read here, say because they are nested too deep for this stack. */
export function unpack(packed: Packed): readonly unknown[] {
  return packed instanceof Uint8Array ? (deserialize(packed) as unknown[]) : packed;
}
