/**
 * The error classes that keep their class on the way from a worker: those of the language, those of this library, and those registered here.
 *
 * An error of any other class arrives as an instance of the nearest class known, with its own name.
 */
import { show } from "../show.ts";

type ErrorClass = abstract new (...args: never[]) => Error;

/** Node 22 has none. */
const { SuppressedError } = globalThis as { readonly SuppressedError?: ErrorClass };

// One for all copies of this file: the worker script, the doors and a second installed version may be bundled apart.
const KEY = Symbol.for("@async/pool/1/errorClasses");
const classes = ((globalThis as Record<symbol, unknown>)[KEY] ??= new Map<string, ErrorClass>(
  [
    ...[Error, TypeError, RangeError, SyntaxError, ReferenceError, EvalError, URIError, AggregateError],
    ...(SuppressedError === undefined ? [] : [SuppressedError]),
  ].map((errorClass) => [errorClass.name, errorClass]),
)) as Map<string, ErrorClass>;

/**
 * Has errors of these classes arrive as instances of them. Called on the submitting side, best in the module that defines the class: import it
 * from there as well as in the worker module. The instance is made without its constructor; its own properties are filled in.
 *
 * @throws TypeError for anything but an error class; then none of them is registered.
 *
 * @example
 * ```ts
 * import { registerError } from "@async/pool";
 *
 * class QuotaError extends Error {
 *   override name = "QuotaError";
 *   readonly limit: number = 10;
 * }
 * registerError(QuotaError);
 * ```
 */
export function registerError(...errorClasses: readonly ErrorClass[]): void {
  for (const errorClass of errorClasses)
    if (
      typeof errorClass !== "function" ||
      !(errorClass.prototype instanceof Error) ||
      nameOf(errorClass) === null
    )
      throw new TypeError(`registerError takes error classes with a name, got ${show(errorClass)}`);
  for (const errorClass of errorClasses) classes.set(errorClass.name, errorClass);
}

/** The names of an error's classes, from its own to `Error`, as far as they can be read: a proxy's traps and an accessor may throw. */
export function classNames(error: object): string[] {
  const names: string[] = [];
  try {
    for (
      let prototype: unknown = Object.getPrototypeOf(error);
      typeof prototype === "object" && prototype !== null && prototype !== Object.prototype;
      prototype = Object.getPrototypeOf(prototype)
    ) {
      const name = classNameOf(prototype);
      if (name !== null) names.push(name);
    }
  } catch {
    // What was found until then is all.
  }
  return names;
}

function classNameOf(prototype: object): string | null {
  try {
    return nameOf(prototype.constructor);
  } catch {
    return null;
  }
}

/** A class may have a static member `name`, whatever that is. */
function nameOf(errorClass: unknown): string | null {
  if (typeof errorClass !== "function") return null;
  const { name }: { readonly name: unknown } = errorClass;
  return typeof name === "string" && name !== "" ? name : null;
}

/** The prototype for an error of the first of these classes that is known here. */
export function prototypeFor(names: readonly string[]): object {
  for (const name of names) {
    const errorClass = classes.get(name);
    if (errorClass !== undefined) return errorClass.prototype as object;
  }
  return Error.prototype;
}
