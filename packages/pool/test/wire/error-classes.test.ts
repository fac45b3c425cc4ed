import { inspect } from "node:util";

import { describe, expect, it } from "vitest";

import { prototypeFor } from "../../src/wire/error-classes.ts";
import { registerError } from "../../src/wire/index.ts";

describe("registerError", () => {
  it.each([
    ["an object without prototype", Object.create(null)],
    ["a function without prototype", Object.setPrototypeOf(() => {}, null)],
    ["a class that is no error", Map],
    ["an error class without name", (() => class extends Error {})()],
    [
      "an error class whose name is no text",
      class extends Error {
        static override readonly name = Symbol("name") as never;
      },
    ],
    ["an error", new Error("no class")],
    ["an object that cannot be a text", { toString: () => ({}) }],
    [
      "an object that cannot be shown",
      {
        [inspect.custom]() {
          throw new Error("not me");
        },
      },
    ],
    ["a symbol", Symbol("s")],
    ["nothing", undefined],
  ])("refuses %s with a TypeError that says so", (_, value) => {
    expect(() => registerError(value as never)).toThrow(TypeError);
    expect(() => registerError(value as never)).toThrow(
      /^registerError takes error classes with a name, got /,
    );
  });

  it("registers none of several if one is refused", () => {
    class Torn extends Error {}
    expect(() => registerError(Torn, null as never)).toThrow(TypeError);
    expect(prototypeFor(["Torn"])).toBe(Error.prototype);
  });
});
