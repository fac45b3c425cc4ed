/** Values that cannot be sent to a worker, or not to every kind. The submitter makes them, and so does a worker, to return them. */
import { BlockList } from "node:net";

// The types of Node do not have it.
const { WebAssembly } = globalThis as unknown as {
  readonly WebAssembly: { readonly Module: new (code: Uint8Array) => object };
};

class Holder {
  readonly url = new URL("https://example.org/");
}

/** Structured cloning refuses these. V8's serializer alone makes empty objects of them. */
export const REFUSED: Readonly<Record<string, () => object>> = {
  "a URL in an object": () => ({ deep: [{ url: new URL("https://example.org/") }] }),
  "a URL in a Map": () => new Map([["url", new URL("https://example.org/")]]),
  "a URL as a key": () => new Map([[new URL("https://example.org/"), 1]]),
  "a URL in a Set": () => new Set([new URL("https://example.org/")]),
  "a URL in an instance": () => new Holder(),
  "a URL as the cause of an error": () => new Error("holder", { cause: new URL("https://example.org/") }),
  "a Response": () => new Response("text"),
};

/** These can be sent to a thread only: nothing of them, or nothing that can be read, would arrive in a process. */
export const FOR_THREADS: Readonly<Record<string, () => object>> = {
  "a Blob": () => new Blob(["text"]),
  "a BlockList in an object": () => ({ list: new BlockList() }),
  "a WebAssembly.Module": () => new WebAssembly.Module(new Uint8Array([0, 97, 115, 109, 1, 0, 0, 0])),
  "a SharedArrayBuffer": () => new SharedArrayBuffer(4),
  "an array in a SharedArrayBuffer": () => new Int32Array(new SharedArrayBuffer(4)),
  "a DOMException": () => new DOMException("too late", "TimeoutError"),
  "a DOMException in an object": () => ({ reason: new DOMException("too late", "TimeoutError") }),
  "a DOMException as the cause of an error": () =>
    new Error("holder", { cause: new DOMException("too late", "TimeoutError") }),
};

const ALL = { ...REFUSED, ...FOR_THREADS };

export function makeUnsendable(name: string): object {
  return ALL[name]!();
}

/** Makes what is named, else gives the item back. */
export function makeOrReturn(item: string | number): unknown {
  return typeof item === "string" ? makeUnsendable(item) : item;
}

/** Leaves behind a timer that throws an error with such a value. */
export function throwUnsendableLater(name: string): void {
  setTimeout(() => {
    throw Object.assign(new Error("stray"), { value: makeUnsendable(name) });
  }, 1);
}

/** First an object that can be looked at twice, then what cannot be sent. */
export function makeFickle(item: number): unknown {
  if (item > 0) return () => item;
  let looks = 0;
  return {
    get value(): number {
      looks += 1;
      if (looks > 2) throw new RangeError("enough");
      return looks;
    },
  };
}

/** A list in a list, so many times. */
export function makeDeep(depth: number): unknown {
  let list: unknown = null;
  for (let level = 0; level < depth; level += 1) list = [list];
  return list;
}

export function depthOf(list: unknown): number {
  let depth = 0;
  for (let rest = list; Array.isArray(rest); rest = rest[0]) depth += 1;
  return depth;
}
