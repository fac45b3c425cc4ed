/**
 * What a worker function throws, as it travels.
 *
 *     worker: throw error ──► encodeThrow ──► plain data ──► decodeThrow ──► executor: an error of the same class
 *
 * Kept: class (registered or of the language), name, message, stack, own properties, the chain of causes, the members of an AggregateError,
 * circles among them; and what is no Error, as it is. The errors are numbered, so that a chain of any length and any circle is a flat list.
 *
 * The worker's stack is the error's `stack`. The chain of causes ends with a `RemoteTraceback`, which says in which worker and in which call.
 */
import { inspect } from "node:util";

import { type Packing, canShareMessage } from "./data.ts";
import { classNames, prototypeFor } from "./error-classes.ts";

type EncodedValue = { readonly error: number } | { readonly value: unknown };

interface EncodedError {
  readonly classes: readonly string[];
  readonly name: string;
  readonly message: string;
  readonly stack: string | undefined;
  readonly properties: readonly (readonly [key: string, value: EncodedValue])[];
  readonly cause: EncodedValue | null;
  /** The members of an AggregateError. */
  readonly members: readonly EncodedValue[] | null;
}

export interface EncodedThrow {
  readonly thrown: EncodedValue;
  readonly errors: readonly EncodedError[];
}

/**
 * The last cause of an error that was thrown in a worker: its message names the worker and the call, its stack is the worker's.
 *
 * Python: `_RemoteTraceback` of `concurrent.futures.process`.
 */
export class RemoteTraceback extends Error {
  static {
    Object.defineProperty(this.prototype, "name", { value: "RemoteTraceback", configurable: true });
  }
}

/**
 * Never throws, and what it returns can always be sent.
 *
 * @param packing - how values get to where this is to go
 */
export function encodeThrow(thrown: unknown, { copy }: Packing): EncodedThrow {
  const found: object[] = [];
  const numbers = new Map<object, number>();
  const encode = (value: unknown): EncodedValue | null => {
    if (isErrorLike(value)) {
      let number = numbers.get(value);
      if (number === undefined) {
        number = found.push(value) - 1;
        numbers.set(value, number);
      }
      return { error: number };
    }
    if (canShareMessage(value)) return { value };
    try {
      return { value: copy(value) };
    } catch {
      return null;
    }
  };
  const root = encode(thrown) ?? {
    value: `${show(thrown)} was thrown, which cannot be sent to another thread`,
  };
  const errors: EncodedError[] = [];
  // What is found on the way is added behind.
  for (const error of found) errors.push(encodeError(error, encode));
  return { thrown: root, errors };
}

function encodeError(error: object, encode: (value: unknown) => EncodedValue | null): EncodedError {
  const read = (key: string): unknown => {
    try {
      return (error as Record<string, unknown>)[key];
    } catch {
      return undefined; // A getter that throws.
    }
  };
  const text = (key: string): string => {
    const value = read(key);
    return typeof value === "string" ? value : value === undefined ? "" : show(value);
  };
  const stack = read("stack");
  const members = read("errors");
  const hasCause = Object.hasOwn(error, "cause");
  const properties: [string, EncodedValue][] = [];
  // A code may come from the class, which is perhaps not known on the other side.
  for (const key of new Set([...ownKeys(error), "code"])) {
    if (SPECIAL.has(key)) continue;
    const value = read(key);
    const encoded = value === undefined && key === "code" ? null : encode(value);
    if (encoded !== null) properties.push([key, encoded]);
  }
  return {
    classes: classNames(error),
    name: text("name"),
    message: text("message"),
    stack: typeof stack === "string" ? stack : undefined,
    properties,
    cause: hasCause ? (encode(read("cause")) ?? { value: show(read("cause")) }) : null,
    members: Array.isArray(members)
      ? members.map((member) => encode(member) ?? { value: show(member) })
      : null,
  };
}

/** Kept in fields of their own. */
const SPECIAL: ReadonlySet<string> = new Set(["name", "message", "stack", "cause", "errors"]);

function ownKeys(error: object): string[] {
  try {
    return Object.keys(error);
  } catch {
    return []; // A proxy whose traps throw.
  }
}

function isErrorLike(value: unknown): value is object {
  try {
    return value instanceof Error;
  } catch {
    return false;
  }
}

function show(value: unknown): string {
  try {
    return inspect(value, { depth: 1, breakLength: Infinity });
  } catch {
    return typeof value;
  }
}

/**
 * Returns what was thrown.
 *
 * @param origin - the worker and the call, for the RemoteTraceback; null for none
 */
export function decodeThrow(encoded: EncodedThrow, origin: string | null): unknown {
  const errors = encoded.errors.map(makeError);
  const decode = (value: EncodedValue): unknown => ("error" in value ? errors[value.error] : value.value);
  for (const [index, { properties, cause, members }] of encoded.errors.entries()) {
    const error = errors[index]!;
    if (cause !== null) define(error, "cause", decode(cause));
    if (members !== null) define(error, "errors", members.map(decode));
    for (const [key, value] of properties) {
      // Over a getter of the class too.
      if (key !== "code" || (error as { code?: unknown }).code !== decode(value))
        Object.defineProperty(error, key, {
          value: decode(value),
          writable: true,
          enumerable: true,
          configurable: true,
        });
    }
  }
  const thrown = decode(encoded.thrown);
  if (thrown instanceof Error && origin !== null) endWithTraceback(thrown, origin);
  return thrown;
}

function makeError(encoded: EncodedError): Error {
  const { classes, name, message, stack } = encoded;
  const error = withoutStack(() =>
    classes[0] === "DOMException" ? new DOMException(message, name) : new Error(message),
  );
  if (classes[0] !== "DOMException") {
    Object.setPrototypeOf(error, prototypeFor(classes));
    if (error.name !== name) define(error, "name", name);
  }
  define(error, "stack", stack ?? `${name}: ${message}`);
  return error;
}

function endWithTraceback(error: Error, origin: string): void {
  const seen = new Set<unknown>();
  let last = error;
  while (last.cause !== undefined && !seen.has(last)) {
    seen.add(last);
    // A cause that is no Error has no cause of its own.
    if (!(last.cause instanceof Error)) return;
    last = last.cause;
  }
  if (seen.has(last)) return;
  const traceback = withoutStack(() => new RemoteTraceback(origin));
  const frames = (error.stack ?? "").split("\n").filter((line) => /^\s+at /.test(line));
  define(traceback, "stack", [`RemoteTraceback: ${origin}`, ...frames].join("\n"));
  define(last, "cause", traceback);
}

function define(error: Error, key: string, value: unknown): void {
  Object.defineProperty(error, key, { value, writable: true, enumerable: false, configurable: true });
}

/** Makes an error without the stack of this place, which tells nobody anything. */
function withoutStack<E extends Error>(make: () => E): E {
  const limit = Error.stackTraceLimit;
  try {
    Error.stackTraceLimit = 0;
  } catch {
    return make(); // The host has frozen it (--frozen-intrinsics).
  }
  try {
    return make();
  } finally {
    Error.stackTraceLimit = limit;
  }
}
