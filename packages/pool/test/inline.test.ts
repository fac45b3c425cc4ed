import { runInThisContext } from "node:vm";

import { errorOf } from "@async/test-kit";
import { describe, expect, it } from "vitest";

import { inline } from "../src/index.ts";
import { POOLS, sharedPool } from "./pools.ts";

describe.each(POOLS)("inline in $kind", { tags: ["slow"] }, ({ Pool }) => {
  const shared = sharedPool(Pool);

  it.each([
    ["an arrow function", inline((a: number, b: number) => a + b)],
    [
      "a function",
      inline(function (a: number, b: number) {
        return a + b;
      }),
    ],
    ["an async function", inline(async (a: number, b: number) => a + (await Promise.resolve(b)))],
    [
      "a function with a body that looks like others",
      inline((a: number, b: number) => (({ a, b }) => a + b)({ a, b })),
    ],
  ])("runs %s", async (_, fn) => {
    expect(await shared.pool.submit(fn as (a: number, b: number) => unknown, 40, 2)).toBe(42);
  });

  it("runs in map, and gives errors as any function does", async () => {
    const results: number[] = [];
    for await (const result of shared.pool.map(
      inline((value: number) => value ** 2),
      [1, 2, 3],
    ))
      results.push(result);
    expect(results).toEqual([1, 4, 9]);
    const error = await errorOf(
      shared.pool.submit(
        inline(() => {
          throw new RangeError("inside");
        }),
      ),
    );
    expect(error).toBeInstanceOf(RangeError);
  });

  it("has the globals of the worker", async () => {
    expect(
      await shared.pool.submit(
        inline((text: string) => new URL(text).host),
        "http://example.com/a",
      ),
    ).toBe("example.com");
  });

  it("a name from outside fails the call, with a message that says why", async () => {
    const outside = 1;
    const error = await errorOf(async () => await shared.pool.submit(inline(() => outside)));
    expect(`${error.name} ${error.message}`).toMatch(/outside/);
  });
});

/** A function with that body, as a tool would have rewritten it. */
function compile(body: string): () => unknown {
  return runInThisContext(`(function () { ${body} })`) as () => unknown;
}

describe("inline refuses up front", () => {
  const object = {
    method() {
      return 1;
    },
  };
  class Adder {
    readonly base = 1;
    add(value: number) {
      return this.base + value;
    }
  }

  it.each([
    ["a method", Object.values(object)[0]!],
    ["a method of a class", Reflect.get<Adder, "add">(Adder.prototype, "add")],
    ["a class", Adder],
    ["a bound function", ((a: number) => a).bind(null)],
    ["a native function", Math.sqrt],
    ["a function that imports", () => import("node:fs")],
    [
      "a function that uses this",
      function (this: unknown) {
        return this;
      },
    ],
    ["what esbuild has wrapped", compile("return __name(() => 1, 'fn')")],
    ["what coverage has rewritten", compile("cov_1a2b3c().f[0]++; return 1")],
    ["what vitest has rewritten", compile("return __vi_import_0__.read()")],
  ])("%s, and says why", (_, fn) => {
    expect(() => inline(fn as never)).toThrow(/workerModule/);
  });

  it("what is no function, with a TypeError", () => {
    for (const value of [null, undefined, 1, "() => 1", {}])
      expect(() => inline(value as never)).toThrow(TypeError);
  });
});
