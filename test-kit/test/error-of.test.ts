import { describe, expect, it } from "vitest";

import { errorOf } from "../src/index.ts";

const thrown = { any: "value" };

describe("errorOf", () => {
  it.each([
    ["an async function", () => Promise.reject(thrown)],
    [
      "a function",
      () => {
        throw thrown;
      },
    ],
  ])("gives the very object that %s fails with", async (_, work) => {
    expect(await errorOf(work)).toBe(thrown);
  });

  it("gives the very object that a promise is rejected with", async () => {
    expect(await errorOf(Promise.reject(thrown))).toBe(thrown);
  });

  it("rejects when the work does not fail", async () => {
    await expect(errorOf(Promise.resolve(1))).rejects.toThrow("the work did not fail");
  });
});
