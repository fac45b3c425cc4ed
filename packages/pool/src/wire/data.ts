/**
 * Which data may share a message with that of other calls, and what cannot be sent at all.
 *
 * In one message an object stays one object: two calls that were given the same one would see each other's changes. So only values that
 * cannot change travel together; an object has a message to itself.
 */

import { deserialize, serialize } from "node:v8";

import type { Arguments } from "./messages.ts";

/** Says whether the value may be put into one message with others. A function or a symbol may not: it cannot be sent, and must fail alone. */
export function canShareMessage(value: unknown): boolean {
  switch (typeof value) {
    case "object":
      return value === null;
    case "function":
    case "symbol":
      return false;
    default:
      return true;
  }
}

/** Says whether all of the arguments may. */
export function canShareMessages(args: Arguments): boolean {
  if (args instanceof Uint8Array) return false;
  for (const arg of args) if (!canShareMessage(arg)) return false;
  return true;
}

/** Makes what a serializer throws into what structured cloning throws; an error of the program's own (a getter that throws) stays. */
export function asCloneError(error: unknown): unknown {
  if (error instanceof DOMException || !(error instanceof Error)) return error;
  if (!/could not be cloned|Unserializable host object/.test(error.message)) return error;
  const [firstLine = ""] = error.message.split("\n");
  return new DOMException(firstLine, { name: "DataCloneError", cause: error });
}

/** Returns the place of the first item that cannot be sent, -1 if all can. */
export function findUnsendable(items: readonly unknown[], send: (item: unknown) => void): number {
  return items.findIndex((item) => {
    try {
      send(item);
      return false;
    } catch {
      return true;
    }
  });
}

/**
 * Serializes arguments for a process, which shares no memory.
 *
 * @throws DataCloneError
 */
export function packArguments(args: readonly unknown[]): Uint8Array {
  try {
    return serialize(args);
  } catch (error) {
    throw asCloneError(error);
  }
}

export function unpackArguments(args: Arguments): readonly unknown[] {
  return args instanceof Uint8Array ? (deserialize(args) as unknown[]) : args;
}
