import { describe, expect, it } from "vitest";

import { Future } from "../src/index.ts";
import { isThenable } from "../src/port.ts";

describe("isThenable", () => {
  it.each([
    ["a promise", Promise.resolve(1)],
    ["a future", new Future()],
    ["an object with a `then`", { then() {} }],
    ["a function with a `then`", Object.assign(() => {}, { then() {} })],
  ])("holds for %s", (_, value: unknown) => {
    expect(isThenable(value)).toBe(true);
  });

  it.each([
    ["a `then` that is no function", { then: 1 }],
    ["a plain object", {}],
    ["a function", () => {}],
    ["null", null],
    ["undefined", undefined],
    ["a string", "then"],
  ])("does not hold for %s", (_, value: unknown) => {
    expect(isThenable(value)).toBe(false);
  });
});
