import { thrownBy } from "@async/test-kit";
import { describe, expect, it } from "vitest";

import { compareNaturally } from "../src/compare.ts";

describe("compareNaturally", () => {
  it.each([
    ["numbers", [-Infinity, -1, 0, 0.5, 9, 10]],
    ["texts", ["", "Z", "a", "b"]],
    ["bigints, beside numbers", [1n, 2, 3n]],
    ["booleans", [false, true]],
    ["dates", [new Date(0), new Date(1)]],
    ["arrays, item by item, the shorter first", [[], [1], [1, "a"], [1, "b"], [2], [10]]],
  ])("knows the order of %s", (_kind, sorted: readonly unknown[]) => {
    expect(sorted.toReversed().sort(compareNaturally)).toEqual(sorted);
    expect(sorted.map((item) => compareNaturally(item, structuredClone(item)))).toEqual(sorted.map(() => 0));
  });

  it.each([
    ["a number and a text", 1, "2"],
    ["NaN", NaN, 1],
    ["two objects", { a: 1 }, { a: 2 }],
    ["nothing", undefined, null],
    ["arrays in which two differ that have no order", [1, {}], [1, {}]],
    ["a broken date", new Date(NaN), new Date(0)],
  ])("refuses %s", (_kind, a: unknown, b: unknown) => {
    expect(thrownBy(() => compareNaturally(a, b))).toBeInstanceOf(TypeError);
  });

  it("takes a thing for equal to itself, so that arrays may hold things without an order", () => {
    const thing = {};
    expect(compareNaturally([1, thing, 1], [1, thing, 2])).toBeLessThan(0);
  });
});
