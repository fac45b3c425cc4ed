/**
 * The error classes that keep their class on the way from a worker: those of the language, those of this library, and those registered here.
 *
 * An error of any other class arrives as an instance of the nearest class known, with its own name.
 */
type ErrorClass = abstract new (...args: never[]) => Error;

// One for all copies of this file: the worker script, the doors and a second installed version may be bundled apart.
const KEY = Symbol.for("@async/pool/1/errorClasses");
const classes = ((globalThis as Record<symbol, unknown>)[KEY] ??= new Map<string, ErrorClass>(
  [Error, TypeError, RangeError, SyntaxError, ReferenceError, EvalError, URIError, AggregateError].map(
    (errorClass) => [errorClass.name, errorClass],
  ),
)) as Map<string, ErrorClass>;

/**
 * Has errors of these classes arrive as instances of them. Called on the submitting side, best in the module that defines the class: import it
 * from there as well as in the worker module. The instance is made without its constructor; its own properties are filled in.
 *
 * @throws TypeError for anything but an error class.
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
  for (const errorClass of errorClasses) {
    if (
      typeof errorClass !== "function" ||
      !(errorClass.prototype instanceof Error) ||
      errorClass.name === ""
    )
      throw new TypeError(`registerError takes error classes with a name, got ${String(errorClass)}`);
    classes.set(errorClass.name, errorClass);
  }
}

/** The names of an error's classes, from its own to `Error`. */
export function classNames(error: object): string[] {
  const names: string[] = [];
  for (
    let prototype: unknown = Object.getPrototypeOf(error);
    typeof prototype === "object" && prototype !== null && prototype !== Object.prototype;
    prototype = Object.getPrototypeOf(prototype)
  ) {
    const { constructor } = prototype;
    if (typeof constructor === "function" && constructor.name !== "") names.push(constructor.name);
  }
  return names;
}

/** The prototype for an error of the first of these classes that is known here. */
export function prototypeFor(names: readonly string[]): object {
  for (const name of names) {
    const errorClass = classes.get(name);
    if (errorClass !== undefined) return errorClass.prototype as object;
  }
  return Error.prototype;
}
