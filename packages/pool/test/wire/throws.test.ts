import { describe, expect, it, vi } from "vitest";

import { HOSTILE } from "../hostile-work.ts";
import {
  PROCESS_PACKING,
  RemoteTraceback,
  THREAD_PACKING,
  decodeThrow,
  encodeThrow,
  registerError,
} from "../../src/wire/index.ts";

/** What is thrown there, as it is seen here. */
const travel = (thrown: unknown, origin: string | null = null): unknown =>
  decodeThrow(structuredClone(encodeThrow(thrown, THREAD_PACKING)), origin);

const revoked = (): unknown => {
  const { proxy, revoke } = Proxy.revocable(new Error("revoked"), {});
  revoke();
  return proxy;
};

const trapped = (): unknown =>
  new Proxy(new Error("trapped"), {
    get() {
      throw new Error("no entry");
    },
    ownKeys() {
      throw new Error("no entry");
    },
    getPrototypeOf() {
      throw new Error("no entry");
    },
  });

it("what using throws arrives with both of its errors", () => {
  const { SuppressedError = null } = globalThis as unknown as {
    readonly SuppressedError?: new (error: unknown, suppressed: unknown, message: string) => Error;
  };
  const [error, suppressed] = [new RangeError("late"), new TypeError("early")];
  // Node 22 has no such class; tools make this of it.
  const thrown =
    SuppressedError === null
      ? Object.assign(new Error("both"), { name: "SuppressedError", error, suppressed })
      : new SuppressedError(error, suppressed, "both");
  const arrived = travel(thrown) as Error;
  expect(arrived).toBeInstanceOf(SuppressedError ?? Error);
  expect(arrived).toMatchObject({
    name: "SuppressedError",
    message: "both",
    error: { name: "RangeError", message: "late" },
    suppressed: { name: "TypeError", message: "early" },
  });
});

describe("whatever is thrown, something arrives", () => {
  it.each([
    ["a revoked proxy", revoked],
    ["a proxy whose traps throw", trapped],
    ["a function", () => () => {}],
    ["a symbol", () => Symbol("a")],
    ["an object that cannot be sent", () => ({ fn: () => {} })],
    [
      "an error whose message is a getter that throws",
      () => Object.defineProperty(new Error(""), "message", { get: revoked }),
    ],
    ["an error whose name is a symbol", () => Object.assign(new Error("a"), { name: Symbol("b") })],
    ["an error whose cause cannot be sent", () => new Error("a", { cause: () => {} })],
    ["an error whose prototype is null", () => Object.setPrototypeOf(new Error("a"), null) as unknown],
    ["an error with hostile members", () => new AggregateError([revoked(), trapped(), () => {}])],
    ["an error whose constructor lies", () => Object.assign(new Error("a"), { constructor: null })],
    [
      "an error with a property named __proto__",
      () => Object.defineProperty(new Error("a"), "__proto__", { value: 1, enumerable: true }),
    ],
  ])("%s", (_, make) => {
    expect(travel(make())).toBeDefined();
  });

  it.each(Object.entries(HOSTILE))("%s: what is sent can always be sent, and read", (_, make) => {
    for (const packing of [THREAD_PACKING, PROCESS_PACKING]) {
      const arrived = decodeThrow(structuredClone(encodeThrow(make(), packing)), "worker_0") as Error;
      expect([arrived instanceof Error, arrived.message]).toEqual([true, "told"]);
    }
  });

  it.each([
    ["nothing", {}],
    ["an error that is none", { thrown: { error: 0 }, errors: [null] }],
    ["bytes that are none of a serializer's", { thrown: { packed: new Uint8Array([1, 2, 3]) }, errors: [] }],
  ])("of a message with %s, an Error that says so", (_, encoded) => {
    const arrived = decodeThrow(encoded as never, "worker_0");
    expect(arrived).toBeInstanceOf(Error);
    expect((arrived as Error).message).toContain("could not be read");
  });

  it("in a chain of 10,000 causes", () => {
    let error = new Error("0");
    for (let depth = 1; depth < 10_000; depth += 1) error = new Error(String(depth), { cause: error });
    let arrived = travel(error) as Error;
    let depth = 1;
    for (; arrived.cause instanceof Error; depth += 1) arrived = arrived.cause;
    expect([depth, arrived.message]).toEqual([10_000, "0"]);
  });
});

describe("an error that has travelled", () => {
  it("shares what was shared, and closes the circles that were closed", () => {
    const shared = new Error("shared");
    const circle = new AggregateError([shared, shared], "circle", { cause: shared });
    (shared as Error & { parent?: unknown }).parent = circle;
    const arrived = travel(circle) as AggregateError;
    expect(arrived.errors[0]).toBe(arrived.errors[1]);
    expect(arrived.cause).toBe(arrived.errors[0]);
    expect((arrived.cause as { parent: unknown }).parent).toBe(arrived);
  });

  it("ends its causes with a RemoteTraceback that names the call and shows the frames", () => {
    const arrived = travel(new Error("top", { cause: new Error("root") }), "worker_0, call 7") as Error;
    const last = (arrived.cause as Error).cause as Error;
    expect(last).toBeInstanceOf(RemoteTraceback);
    expect(last.message).toBe("worker_0, call 7");
    expect(last.stack).toContain("throws.test.ts");
  });

  it("with a circle of causes gets no RemoteTraceback, and is no shorter for it", () => {
    const error = new Error("round");
    error.cause = error;
    const arrived = travel(error, "worker_0") as Error;
    expect(arrived.cause).toBe(arrived);
  });

  it("has properties that are as visible as they were", () => {
    const arrived = travel(Object.assign(new Error("a"), { code: "E_A", extra: 1 }), "worker_0") as Error;
    expect(Object.keys(arrived).toSorted()).toEqual(["code", "extra"]);
    expect(JSON.stringify(arrived)).toBe('{"code":"E_A","extra":1}');
  });

  it("with the message of another language, of zero length, or none at all, keeps it", () => {
    for (const message of ["Fehler: größer", "", "\0"])
      expect(travel(new Error(message))).toEqual(new Error(message));
  });
});

it("a class that was registered with one copy of the wire is known to another: the worker script is bundled apart", async () => {
  vi.resetModules();
  const copy = await import("../../src/wire/index.ts");
  class Jammed extends Error {}
  copy.registerError(Jammed);
  expect(copy.registerError).not.toBe(registerError);
  expect(travel(new Jammed("tray 2"))).toBeInstanceOf(Jammed);
});
