import { describe, expect, it } from "vitest";

import { thrownBy } from "../src/index.ts";

const thrown = { any: "value" };

describe("thrownBy", () => {
  it("gives the very object that the call throws", () => {
    const error = thrownBy(() => {
      throw thrown;
    });
    expect(error).toBe(thrown);
  });

  it("throws when the call does not", () => {
    expect(() => thrownBy(() => 1)).toThrow("the call did not throw");
  });
});
