/**
 * FunctionReference: how a function is named on the wire. It never travels itself, only the address of its module and its export.
 *
 * Each address has one reference and one number in this process, so a worker is told the address once and the number from then on. The
 * reference also remembers how long a call takes, by which calls are put together.
 */
import type { FunctionAddress, Pace } from "./messages.ts";

/** Under this key a function that can be submitted carries its address. */
export const ADDRESS: unique symbol = Symbol.for("@async/pool/1/address") as never;

export class FunctionReference {
  readonly number: number;
  readonly address: FunctionAddress;
  /** Milliseconds that a call takes, as last reported by a worker; undefined until one has ended. */
  pace: number | undefined = undefined;

  constructor(number: number, address: FunctionAddress) {
    this.number = number;
    this.address = address;
  }

  /** For messages: `fib of file:///.../work.ts`. */
  toString(): string {
    return "url" in this.address
      ? `${this.address.name} of ${this.address.url}`
      : `inline function ${this.address.name}`;
  }
}

const references = new Map<string, FunctionReference>();
const byNumber: FunctionReference[] = [];
/** The reference of a function, on the function: looking it up in a map would take as long as all the rest of `submit`. */
const REFERENCE: unique symbol = Symbol("reference") as never;

/** Returns the reference of a function that `workerModule` or `inline` has made, null for any other value. */
export function referenceOf(fn: unknown): FunctionReference | null {
  if (typeof fn !== "function") return null;
  const carrier = fn as { readonly [ADDRESS]?: FunctionAddress; [REFERENCE]?: FunctionReference };
  const known = carrier[REFERENCE];
  if (known !== undefined) return known;
  const address = carrier[ADDRESS];
  return address === undefined ? null : (carrier[REFERENCE] = intern(address));
}

/** Notes what a worker has reported of a function. */
export function notePace(pace: Pace | null): void {
  const reference = pace === null ? undefined : byNumber[pace[0]];
  if (reference !== undefined) reference.pace = pace![1];
}

function intern(address: FunctionAddress): FunctionReference {
  const key = "url" in address ? `${address.url}\n${address.name}` : address.source;
  let reference = references.get(key);
  if (reference === undefined) {
    reference = new FunctionReference(byNumber.length, address);
    references.set(key, reference);
    byNumber.push(reference);
  }
  return reference;
}
