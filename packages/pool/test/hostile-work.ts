/** Worker functions that do what no worker function should: what they throw, return, report or leave behind is hard to tell of. */
import fs from "node:fs";
import process from "node:process";
import { MessagePort } from "node:worker_threads";

import { currentCall, registerError } from "../src/worker.ts";
import { makeDeep } from "./unsendable.ts";

export { makeDeep } from "./unsendable.ts";

const refuse = (): never => {
  throw new Error("no entry");
};

/** Errors that throw when they are looked at, or of which nothing can be sent. The submitter makes them, too, to cancel with them. */
export const HOSTILE: Readonly<Record<string, () => unknown>> = {
  "an error whose class has a method called name": () => {
    class Odd extends Error {
      static override name(): void {}
    }
    return new Odd("told");
  },
  "an error whose class has a symbol for a name": () => {
    class Odd extends Error {
      static override readonly name = Symbol("odd") as never;
    }
    return new Odd("told");
  },
  "an error whose constructor cannot be read": () => {
    class Odd extends Error {}
    Object.defineProperty(Odd.prototype, "constructor", { get: refuse });
    return new Odd("told");
  },
  "a proxy that hides its properties": () =>
    new Proxy(new Error("told"), { getOwnPropertyDescriptor: refuse }),
  "a proxy that shows its class once": () => {
    let looks = 0;
    return new Proxy(new Error("told"), {
      getPrototypeOf: () => (looks++ === 0 ? Error.prototype : refuse()),
    });
  },
  "an error whose errors are a revoked proxy": () => {
    const { proxy, revoke } = Proxy.revocable([], {});
    revoke();
    return Object.assign(new Error("told"), { errors: proxy });
  },
  "an error with an error that cannot be read": () =>
    Object.assign(new Error("told"), { errors: Object.defineProperty([1], 0, { get: refuse }) }),
  "an error with errors that have a map of their own": () =>
    Object.assign(new Error("told"), { errors: Object.assign([1], { map: 5 }) }),
  "an error whose cause is a new one each time": () => {
    class Endless extends Error {
      override get cause(): Error {
        return new Endless("again");
      }
    }
    return new Endless("told");
  },
  "an error with errors beyond number": () =>
    Object.assign(new Error("told"), { errors: new Array(2 ** 32 - 1) }),
  "an error with errors whose number is none": () =>
    Object.assign(new Error("told"), {
      errors: new Proxy([], {
        get: (list, key): unknown => (key === "length" ? 5n : Reflect.get(list, key)),
      }),
    }),
  "an error with a field that is nested very deep": () =>
    Object.assign(new Error("told"), { data: makeDeep(10_000) }),
};

export function throwHostile(name: string): never {
  throw HOSTILE[name]!();
}

export function throwHostileAt(item: number | string): number {
  if (typeof item === "string") throwHostile(item);
  return item;
}

/** Who runs this call, as long as it is the same worker. */
export const mark = Math.random();
export function readMark(): number {
  return mark;
}

// Errors of a class with a private field, registered on both sides

export class ApiError extends Error {
  readonly #code: string;

  constructor(code: string) {
    super(`the API says ${code}`);
    this.#code = code;
  }

  get code(): string {
    return this.#code;
  }
}

export class NamedError extends Error {
  readonly #name = "Named";

  override get name(): string {
    return this.#name;
  }
}

export class CauseError extends Error {
  readonly #cause = new RangeError("the cause");

  override get cause(): Error {
    return this.#cause;
  }
}

registerError(ApiError, NamedError, CauseError);

const PRIVATE = {
  code: () => new ApiError("E_API"),
  name: () => new NamedError("named"),
  cause: () => new CauseError("caused"),
};

export function throwPrivate(what: keyof typeof PRIVATE): never {
  throw PRIVATE[what]();
}

// Deeper than the main program can read: a worker may have a larger stack

/** An object in an object, so many times. To be read they take more stack than arrays do, and less to be written. */
export function makeNested(depth: number): unknown {
  let object: unknown = null;
  for (let level = 0; level < depth; level += 1) object = { object };
  return object;
}

/** As an initializer, or a call. */
export function takeNested(nested: unknown): string {
  return `read ${typeof nested}`;
}

export function throwWithDeepField(depth: number): never {
  throw Object.assign(new Error("told"), { data: makeNested(depth) });
}

export function throwDeep(depth: number): never {
  throw makeNested(depth) as Error;
}

export function throwDeepLater(depth: number): void {
  setTimeout(throwDeep, 1, depth);
}

export function reportDeep(depth: number): string {
  currentCall().progress(makeNested(depth));
  return "fine";
}

/**
 * The worker ends right after it has sent the result, which comes after so many messages that the main program does not read all of them in one
 * turn. That one is blocked from the first message (flag 1) until the worker ends (flag 2).
 */
export function returnDeepAndExit(depth: number, flag: Int32Array): unknown {
  const { progress } = currentCall();
  progress("first");
  Atomics.wait(flag, 0, 0);
  for (let count = 0; count < 2000; count += 1) progress("more");
  process.once("exit", () => {
    Atomics.store(flag, 0, 2);
    Atomics.notify(flag, 0);
  });
  void Promise.resolve().then(() => process.exit(0));
  return makeNested(depth);
}

// Results that are used again

const shared = { value: 0 };
const sharedDeep = { inner: { list: [0] }, bytes: Buffer.alloc(1) };

export function reuseResult(item: number): { readonly value: number } {
  shared.value = item;
  return shared;
}

export function reuseDeepResult(item: number): typeof sharedDeep {
  sharedDeep.inner.list[0] = item;
  sharedDeep.bytes[0] = item;
  return sharedDeep;
}

class Point {
  readonly x = 1;
  get double(): number {
    return 2 * this.x;
  }
}

const RESULTS: Readonly<Record<string, () => unknown>> = {
  record: () => ({ id: 1, name: "one", big: 10n, none: undefined, nothing: null }),
  buffer: () => ({ bytes: Buffer.from("text") }),
  view: () => new Float64Array([1, 2, 3, 4]).subarray(1, 3),
  map: () => new Map([[{ key: 1 }, new Set([new Date(0)])]]),
  instance: () => new Point(),
  error: () => Object.assign(new RangeError("as data", { cause: "none" }), { code: 1 }),
  circle: () => {
    const circle: { self?: unknown } = {};
    circle.self = circle;
    return circle;
  },
  getter: () => ({
    get value() {
      return 1;
    },
  }),
  "symbol key": () => ({ [Symbol("key")]: 1, value: 2 }),
  null: () => Object.assign(Object.create(null) as object, { value: 1 }),
  proxy: () => new Proxy({ value: 1 }, {}),
};

export function makeResult(name: string): unknown {
  return RESULTS[name]!();
}

// What is done to the host

/** Has the messages fail by which this worker tells of this call: the result, and of a thread the error that comes in its place. */
export function spoilMessages(): string {
  const owner: { send?: unknown; postMessage?: unknown } = process.connected
    ? process
    : MessagePort.prototype;
  const key = process.connected ? "send" : "postMessage";
  const send = owner[key] as (...args: unknown[]) => unknown;
  let left = process.connected ? 1 : 2;
  owner[key] = function (this: unknown, ...args: unknown[]): unknown {
    if (left-- <= 0) return send.apply(this, args);
    throw new Error("spoilt");
  };
  return "a result in a message";
}

/** Closes the files of the pool. Returns whether there were any. */
export function closeRecorder(): boolean {
  let closed = false;
  for (const name of fs.readdirSync("/proc/self/fd")) {
    if (!linkOf(name).includes("/async-pool-")) continue;
    fs.closeSync(Number(name));
    closed = true;
  }
  return closed;
}

function linkOf(name: string): string {
  try {
    return fs.readlinkSync(`/proc/self/fd/${name}`);
  } catch {
    return "";
  }
}

/** Sends what looks like a message of ours, and is none. */
export function sendForeign(messages: readonly unknown[]): string {
  for (const message of messages) process.send!(message);
  return "sent";
}

export function removeAllListeners(): string {
  process.removeAllListeners();
  setInterval(() => undefined, 1000); // Something that keeps it alive.
  return "removed";
}
