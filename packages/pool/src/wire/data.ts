/**
 * Which data may share a message with that of other calls, and what cannot be sent at all.
 *
 * In one message an object stays one object: two calls that were given the same one would see each other's changes. So only values that
 * cannot change travel together; an object has a message to itself.
 */

/** Values as they go into a message: as they are, or serialized already. */
export type Packed = readonly unknown[] | Uint8Array;

export function isPacked(part: unknown): part is Packed {
  return Array.isArray(part) || part instanceof Uint8Array;
}

/** How values get into a message of one kind of workers. */
export interface Packing {
  /**
   * For the arguments or the result of a call: if their message cannot be read, that is the failure of that call.
   *
   * @throws DataCloneError at once, or when the message is posted.
   */
  readonly pack: (values: readonly unknown[]) => Packed;
  /** For what is in a message that has to be read whatever that is. @throws DataCloneError as `pack` does. */
  readonly packReadable: (values: readonly unknown[]) => Packed;
  /** Returns what the other side would get of a value. @throws DataCloneError */
  readonly copy: (value: unknown) => unknown;
}

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
export function canShareMessages(args: Packed): boolean {
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

/** Copies items up to the first that cannot be sent; `refused` is the reason. A copy is plain data, and no getter of it can throw later. */
export function copySendable(
  items: readonly unknown[],
  copy: Packing["copy"],
): { readonly copies: readonly unknown[]; readonly refused: { readonly thrown: unknown } | null } {
  const copies: unknown[] = [];
  for (const item of items) {
    try {
      copies.push(copy(item));
    } catch (error) {
      return { copies, refused: { thrown: error } };
    }
  }
  return { copies, refused: null };
}
