import { runInThisContext } from "node:vm";

import { errorOf } from "@async/test-kit";
import { describe, expect, it } from "vitest";

import { inline } from "../src/index.ts";
import { referenceOf } from "../src/wire/index.ts";
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

/** A function as it stands in a source that no tool has rewritten. */
function written(source: string): () => unknown {
  return runInThisContext(`(${source})`) as () => unknown;
}

describe("inline takes a function with a word that it refuses in code", () => {
  it.each([
    ["in a string beside a regular expression with a quote", `() => (/'/.test("a") ? "no" : "don't import")`],
    ["in a regular expression", "() => /import|this/.source"],
    ["in the name of a group", `() => "aa".match(/(?<this>a)\\k<this>/u).groups.this`],
    ["in a template", "() => `this ${1 + 1} import`"],
    ["in a template inside of a template", "() => `a ${[1].map((n) => `this ${n} ${'import'}`)} this`"],
    ["in a comment", "() => 1 /* this */ // import"],
    ["as a property that it reads", "() => [{}.import, ({})?.this]"],
    ["as a property that it makes", "() => ({ this: 1, import: 2 }).this"],
    [
      "as a property that it takes apart",
      "() => { const { this: a, import: b } = { this: 1 }; return [a, b]; }",
    ],
    ["as the name of a method", "() => ({ import() { return 3; } }).import()"],
    ["as a part of an identifier", "() => { const $this = 1, this$ = 2; return $this + this$; }"],
    ["as a property of a tool's name", "() => typeof ({}).__vi_import_0__"],
    [
      "super, in a class of its own",
      "() => { class A extends Array { constructor() { super(2); } } return new A().length; }",
    ],
  ])("%s, and the source does the same", (_, source) => {
    const fn = written(`${source}\n`);
    const { source: sent } = referenceOf(inline(fn))!.address as { source: string };
    expect(written(`${sent}\n`)()).toEqual(fn());
  });
});

describe("inline of a function with an odd name", () => {
  it.each([
    ["a symbol", Symbol("odd")],
    ["an object", {}],
    ["no text", ""],
  ])("%s calls it anonymous", (_, value) => {
    const fn = Object.defineProperty(() => 1, "name", { value });
    expect(inline(fn).name).toBe("(anonymous)");
    const bad = Object.defineProperty(written("function () { return this; }"), "name", { value });
    expect(() => inline(bad)).toThrow(/^inline: \(anonymous\) uses this/);
  });

  it("a getter is not called", () => {
    const fn = Object.defineProperty(() => 1, "name", {
      get() {
        throw new Error("read");
      },
    });
    expect(inline(fn).name).toBe("(anonymous)");
  });

  it("a function without prototype is sent as any other: its prototype is not", () => {
    const fn = Object.setPrototypeOf(() => 7, null) as () => number;
    expect(referenceOf(inline(fn))!.address).toMatchObject({ source: "() => 7" });
  });
});

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
    ["a function that imports in a template", written("() => `${import('node:fs')}`")],
    ["a function that imports after a comment", written("() => import /* it */ ('node:fs')")],
    ["a function that uses this in a template", written("function () { return `a ${`b ${this}`}`; }")],
    ["a function that uses this after a regular expression", written("function () { return /'/ && this; }")],
    ["a function with this as a property and in code", written("function () { return { this: this }; }")],
    ["a function that uses an outer super", written("{ m() { return () => super.m; } }.m()")],
    ["a generator", written("function* () { yield 1; }")],
    ["an async generator", written("async function* () { yield 1; }")],
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
