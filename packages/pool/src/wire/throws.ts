/**
 * What a worker function throws, as it travels.
 *
 *     worker: throw error ──► encodeThrow ──► plain data ──► decodeThrow ──► executor: an error of the same class
 *
 * Kept: class (registered or of the language), name, message, stack, own properties, the chain of causes, the members of an AggregateError,
 * circles among them; and what is no Error, as it is. The errors are numbered, so that a chain of any length and any circle is a flat list.
 *
 * Whatever is thrown, something arrives: a throw that could not be told would leave its call without an end. So each look at an error is guarded,
 * since it may run code of the program's (accessors, proxies); and what is sent is our own data, flat but for values packed apart, so that
 * the message can always be posted and always be read.
 *
 * The worker's stack is the error's `stack`. The chain of causes ends with a `RemoteTraceback`, which says in which worker and in which call.
 */
import { inspect } from "node:util";

import { type Packed, type Packing, canShareMessage, isPacked } from "./data.ts";
import { classNames, prototypeFor } from "./error-classes.ts";
import { unpack } from "./packing.ts";

/** The number of an error, or a list of one value. */
type EncodedValue = { readonly error: number } | { readonly packed: Packed };

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
 * Never throws, and what it returns can always be sent, and read wherever it comes.
 *
 * @param packing - how values get to where this is to go
 */
export function encodeThrow(thrown: unknown, packing: Packing): EncodedThrow {
  try {
    return encodeAll(thrown, packing);
  } catch {
    return encodeAll(new Error("Something was thrown that cannot be told"), packing);
  }
}

function encodeAll(thrown: unknown, packing: Packing): EncodedThrow {
  const found: object[] = [];
  const numbers = new Map<object, number>();
  const encode = (value: unknown): EncodedValue | null => {
    if (isErrorLike(value)) {
      let number = numbers.get(value);
      if (number === undefined) {
        if (found.length === MOST) return plain(show(value));
        number = found.push(value) - 1;
        numbers.set(value, number);
      }
      return { error: number };
    }
    if (canShareMessage(value)) return { packed: [value] };
    return attempt(() => ({ packed: packing.packReadable([packing.copy(value)]) }), null);
  };
  const root = encode(thrown) ?? encode(new Error(`${show(thrown)} was thrown, which cannot be sent`))!;
  const errors: EncodedError[] = [];
  // What is found on the way is added behind.
  for (const error of found) errors.push(encodeError(error, encode));
  return { thrown: root, errors };
}

function encodeError(error: object, encode: (value: unknown) => EncodedValue | null): EncodedError {
  const read = (key: string): unknown => attempt(() => (error as Record<string, unknown>)[key], undefined);
  const text = (key: string): string => {
    const value = read(key);
    return typeof value === "string" ? value : value === undefined ? "" : show(value);
  };
  const encodeOrShow = (value: unknown): EncodedValue => encode(value) ?? plain(show(value));
  const stack = read("stack");
  const cause = read("cause");
  const hasCause = cause !== undefined || attempt(() => Object.hasOwn(error, "cause"), false);
  const properties: [string, EncodedValue][] = [];
  // A code may come from the class, which is perhaps not known on the other side.
  for (const key of new Set([...attempt(() => Object.keys(error), []), "code"])) {
    if (SPECIAL.has(key)) continue;
    const value = read(key);
    const encoded = value === undefined && key === "code" ? null : encode(value);
    if (encoded !== null) properties.push([key, encoded]);
  }
  const classes = classNames(error);
  if (classes.includes(SUPPRESSED)) for (const key of HIDDEN) properties.push([key, encodeOrShow(read(key))]);
  return {
    classes,
    name: text("name"),
    message: text("message"),
    stack: typeof stack === "string" ? stack : undefined,
    properties,
    cause: hasCause ? encodeOrShow(cause) : null,
    members: membersOf(read("errors"))?.map(encodeOrShow) ?? null,
  };
}

/** Kept in fields of their own. */
const SPECIAL: ReadonlySet<string> = new Set(["name", "message", "stack", "cause", "errors"]);

/** What `using` throws if the disposal of something fails too; both errors are properties that are not listed. */
const SUPPRESSED = "SuppressedError";
const HIDDEN: ReadonlySet<string> = new Set(["error", "suppressed"]);

/** Errors of one throw, and members of one error, that are told: an accessor may give a new error for ever. */
const MOST = 30_000;

/** A list of our own: that of the error may have accessors, or a `map` of its own. Null if it has none. */
function membersOf(errors: unknown): unknown[] | null {
  const length = attempt(() => (Array.isArray(errors) ? errors.length : null), null);
  // A proxy may say anything.
  if (length === null || !Number.isSafeInteger(length) || length < 0) return null;
  const members: unknown[] = [];
  for (let index = 0; index < Math.min(length, MOST); index++)
    members.push(attempt(() => (errors as readonly unknown[])[index], undefined));
  if (length > MOST) members.push(`... and ${length - MOST} more`);
  return members;
}

function isErrorLike(value: unknown): value is object {
  return attempt(() => value instanceof Error, false);
}

function plain(text: string): EncodedValue {
  return { packed: [text] };
}

/** Calls what may throw. */
function attempt<R>(call: () => R, otherwise: R): R {
  try {
    return call();
  } catch {
    return otherwise;
  }
}

function show(value: unknown): string {
  return attempt(() => inspect(value, { depth: 1, breakLength: Infinity }), typeof value);
}

/** Says whether a part of a message is a throw: code in a worker process may send messages of its own. */
export function isEncodedThrow(part: unknown): part is EncodedThrow {
  if (!isObject(part)) return false;
  const { errors, thrown } = part;
  return Array.isArray(errors) && errors.every(isEncodedError) && isEncodedValue(thrown);
}

function isEncodedError(part: unknown): boolean {
  if (!isObject(part)) return false;
  const { cause, classes, members, message, name, properties } = part;
  return (
    typeof name === "string" &&
    typeof message === "string" &&
    Array.isArray(classes) &&
    Array.isArray(properties) &&
    properties.every((pair) => Array.isArray(pair) && isEncodedValue(pair[1])) &&
    (cause === null || isEncodedValue(cause)) &&
    (members === null || (Array.isArray(members) && members.every(isEncodedValue)))
  );
}

function isEncodedValue(part: unknown): boolean {
  return isObject(part) && (typeof part["error"] === "number" || isPacked(part["packed"]));
}

function isObject(part: unknown): part is Readonly<Record<string, unknown>> {
  return typeof part === "object" && part !== null;
}

/**
 * Returns what was thrown. Never throws: what cannot be read here becomes an Error that says so, in its place.
 *
 * @param origin - the worker and the call, for the RemoteTraceback; null for none
 */
export function decodeThrow(encoded: EncodedThrow, origin: string | null): unknown {
  try {
    const thrown = decode(encoded);
    if (thrown instanceof Error && origin !== null) endWithTraceback(thrown, origin);
    return thrown;
  } catch (cause) {
    return new Error(`What was thrown${origin === null ? "" : `, ${origin},`} could not be read`, { cause });
  }
}

function decode({ errors: encodedErrors, thrown }: EncodedThrow): unknown {
  const errors = encodedErrors.map(makeError);
  const valueOf = (value: EncodedValue, what: string): unknown =>
    "error" in value ? errors[value.error] : readValue(value.packed, what);
  for (const [index, { cause, classes, members, properties }] of encodedErrors.entries()) {
    const error = errors[index]!;
    if (cause !== null) define(error, "cause", valueOf(cause, "The cause of an error"));
    if (members !== null) {
      const list = members.map((member) => valueOf(member, "An error of several"));
      define(error, "errors", list);
    }
    for (const [key, encoded] of properties) {
      const value = valueOf(encoded, `The property ${key} of an error`);
      if (HIDDEN.has(key) && classes.includes(SUPPRESSED)) {
        define(error, key, value);
        continue;
      }
      // Over a getter of the class too.
      if (key !== "code" || !shows(error, key, value))
        Object.defineProperty(error, key, {
          value,
          writable: true,
          enumerable: true,
          configurable: true,
        });
    }
  }
  return valueOf(thrown, "What was thrown");
}

/** A worker's stack may be larger than ours, and let it go deeper. */
function readValue(packed: Packed, what: string): unknown {
  try {
    return unpack(packed)[0];
  } catch (cause) {
    return new Error(`${what} could not be read: ${String(cause)}`, { cause });
  }
}

/**
 * Says whether the error has that value as it is. It was made without its constructor, so an accessor of its class may miss a private field, and
 * throw.
 */
function shows(error: Error, key: "name" | "code", value: unknown): boolean {
  return attempt(() => (error as { code?: unknown; name: unknown })[key] === value, false);
}

function makeError(encoded: EncodedError): Error {
  const { classes, name, message, stack } = encoded;
  const error = withoutStack(() =>
    classes[0] === "DOMException" ? new DOMException(message, name) : new Error(message),
  );
  if (classes[0] !== "DOMException") {
    // A class can be spoilt after it was registered; then at least the text arrives.
    attempt(() => void Object.setPrototypeOf(error, prototypeFor(classes)), undefined);
    if (!shows(error, "name", name)) define(error, "name", name);
  }
  define(error, "stack", stack ?? `${name}: ${message}`);
  return error;
}

function endWithTraceback(error: Error, origin: string): void {
  const seen = new Set<unknown>();
  let last = error;
  for (let cause = causeOf(last); cause !== undefined && !seen.has(last); cause = causeOf(last)) {
    seen.add(last);
    // A cause that is no Error has no cause of its own.
    if (!(cause instanceof Error)) return;
    last = cause;
  }
  if (seen.has(last)) return;
  const traceback = withoutStack(() => new RemoteTraceback(origin));
  const frames = (error.stack ?? "").split("\n").filter((line) => /^\s+at /.test(line));
  define(traceback, "stack", [`RemoteTraceback: ${origin}`, ...frames].join("\n"));
  define(last, "cause", traceback);
}

/** As we have set it; a class may have an accessor for it. */
function causeOf(error: Error): unknown {
  return Object.getOwnPropertyDescriptor(error, "cause")?.value;
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
