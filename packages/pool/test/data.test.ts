import { Future, UsageError } from "@async/futures";
import { errorOf } from "@async/test-kit";
import { describe, expect, it } from "vitest";

import { POOLS, sharedPool, work } from "./pools.ts";

const holder: Record<string, unknown> = { name: "holder" };
holder["self"] = holder;

const VALUES: readonly (readonly [string, unknown])[] = [
  ["undefined", undefined],
  ["null", null],
  ["true", true],
  ["-0", -0],
  ["NaN", Number.NaN],
  ["Infinity", Infinity],
  ["BigInt", 2n ** 80n],
  ["text", "grün \u{1f331} \0"],
  ["lone surrogate", "\ud83c"],
  ["Date", new Date(86_400_000)],
  ["RegExp", /a+b/giu],
  ["Map in a Map", new Map<unknown, unknown>([["a", new Map([[1, 2]])]])],
  ["Set", new Set([1, "a", null])],
  ["array with holes", [1, undefined, 3]],
  ["Uint8Array", new Uint8Array([1, 2, 255])],
  ["Float64Array", new Float64Array([0.5, Number.NaN])],
  ["BigInt64Array", new BigInt64Array([-1n])],
  ["DataView", new DataView(new Uint8Array([1, 2, 3]).buffer, 1)],
  ["ArrayBuffer", new Uint8Array([1, 2, 3]).buffer],
  ["Error", new RangeError("as a value")],
  ["circle", holder],
  ["object in an object", { a: { b: [{ c: new Date(0) }] } }],
];

describe.each(POOLS)("data in $kind", { tags: ["slow"] }, ({ Pool }) => {
  const shared = sharedPool(Pool);

  it.each(VALUES)("%s arrives as what it is, there and back", async (_, value) => {
    const [result, seen] = await Promise.all([
      shared.pool.submit(work.identity, value),
      shared.pool.submit(work.describe, value),
    ]);
    expect(result).toStrictEqual(value);
    expect(seen).toBe(`${Object.prototype.toString.call(value)} ${String(value)}`);
  });

  it("a Buffer arrives as the bytes that it is", async () => {
    const result = await shared.pool.submit(work.identity, Buffer.from("abc"));
    expect(Buffer.from(result).toString()).toBe("abc");
  });

  it("data travels in map as in submit", async () => {
    const results: unknown[] = [];
    for await (const result of shared.pool.map(
      work.identity,
      VALUES.map(([, value]) => value),
      { chunkSize: 5 },
    ))
      results.push(result);
    expect(results).toStrictEqual(VALUES.map(([, value]) => value));
  });

  it("an instance of a class arrives as a plain object, as structured cloning has it", async () => {
    class Point {
      readonly x = 1;
    }
    expect(await shared.pool.submit(work.identity, new Point())).toStrictEqual({ x: 1 });
  });

  it.each([
    ["a function", () => {}],
    ["a symbol", Symbol("a")],
    ["a promise", Promise.resolve()],
    ["a WeakMap", new WeakMap()],
    ["an object with a function in it", { deep: [{ fn: () => {} }] }],
  ])("POOL-20 %s cannot be sent: that call alone fails, with a DataCloneError", async (_, value) => {
    const before = shared.pool.submit(work.identity, "before");
    const error = errorOf(() => shared.pool.submit(work.identity, value));
    const after = shared.pool.submit(work.identity, "after");
    expect(await error).toMatchObject({ name: "DataCloneError" });
    expect(await Promise.all([before, after])).toEqual(["before", "after"]);
  });

  it.each([
    ["a URL", new URL("https://example.org/"), "pass its href"],
    ["an AbortSignal", AbortSignal.abort(), "with({ signal })"],
    ["a future", new Future(), "await it and pass its result"],
  ])("%s, which would arrive empty, fails its call alone and says what to pass", async (_, value, advice) => {
    const error = await errorOf(() => shared.pool.submit(work.identity, value));
    expect([error.name, error.message]).toEqual(["TypeError", expect.stringContaining(advice)]);
    expect(await shared.pool.submit(work.identity, 1)).toBe(1);
  });

  it("POOL-20 a result that cannot be sent fails its call alone, with a DataCloneError", async () => {
    const calls = [
      shared.pool.submit(work.identity, "before"),
      shared.pool.submit(work.returnFunction),
      shared.pool.submit(work.identity, "after"),
    ] as const;
    expect((await errorOf(calls[1])).name).toBe("DataCloneError");
    expect([await calls[0], await calls[2]]).toEqual(["before", "after"]);
  });

  it("an argument whose getter throws fails its call alone, with what the getter throws", async () => {
    const thrown = new RangeError("no entry");
    const hostile = {
      get secret(): never {
        throw thrown;
      },
    };
    expect(await errorOf(() => shared.pool.submit(work.identity, hostile))).toMatchObject({
      message: "no entry",
    });
    expect(await shared.pool.submit(work.identity, 1)).toBe(1);
  });

  it("big data arrives whole, many at a time", async () => {
    const arrays = await Promise.all(
      [1, 2, 3, 4].map((size) => shared.pool.submit(work.makeArray, size * 2_000_000)),
    );
    expect(arrays.map(({ length }) => length)).toEqual([2e6, 4e6, 6e6, 8e6]);
    const numbers = new Float64Array(500_000).fill(0.5);
    expect(await shared.pool.submit(work.sum, numbers)).toBe(250_000);
  });
});

describe("a transfer list", { tags: ["slow"] }, () => {
  describe("in threads", () => {
    const shared = sharedPool(POOLS[0].Pool);

    it("moves an ArrayBuffer", async () => {
      const buffer = new ArrayBuffer(1_000_000);
      expect(await shared.pool.with({ transfer: [buffer] }).submit(work.byteLength, buffer)).toBe(1_000_000);
      expect(buffer.byteLength).toBe(0);
    });

    it("of what cannot be transferred fails its call alone", async () => {
      const call = errorOf(() => shared.pool.with({ transfer: [{} as never] }).submit(work.identity, 1));
      expect(await call).toBeInstanceOf(Error);
      expect(await shared.pool.submit(work.identity, 2)).toBe(2);
    });
  });

  it("in processes is refused: there is no memory to share", async () => {
    await using pool = new POOLS[1].Pool();
    expect(() => pool.with({ transfer: [new ArrayBuffer(1)] })).toThrow(UsageError);
  });
});

describe("a SharedArrayBuffer", { tags: ["slow"] }, () => {
  describe("in threads", () => {
    const shared = sharedPool(POOLS[0].Pool);

    it("is the same memory for all", async () => {
      const memory = new SharedArrayBuffer(4);
      await Promise.all(Array.from({ length: 20 }, () => shared.pool.submit(work.increment, memory)));
      expect(new Int32Array(memory)[0]).toBe(20);
    });
  });

  describe("in processes", () => {
    const shared = sharedPool(POOLS[1].Pool);

    it("cannot be shared, and says so", async () => {
      const call = errorOf(() => shared.pool.submit(work.increment, new SharedArrayBuffer(4)));
      expect((await call).name).toBe("DataCloneError");
      expect(await shared.pool.submit(work.identity, 1)).toBe(1);
    });
  });
});
