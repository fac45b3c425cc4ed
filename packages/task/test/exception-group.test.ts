import { describe, expect, it } from "vitest";

import { ExceptionGroup } from "../src/index.ts";

describe("ExceptionGroup", () => {
  it("is an AggregateError with a name, a code, and the errors in their order", () => {
    const errors = [new Error("first"), new RangeError("second")];
    const group = new ExceptionGroup("failed", errors);
    expect([group instanceof AggregateError, group.name, group.code, group.errors, group.cause]).toEqual([
      true,
      "ExceptionGroup",
      "ERR_EXCEPTION_GROUP",
      errors,
      errors[0],
    ]);
  });

  it.each([
    [1, "failed (1 error)"],
    [3, "failed (3 errors)"],
  ])("says how many there are: %i", (count, message) => {
    expect(
      new ExceptionGroup(
        "failed",
        Array.from({ length: count }, () => new Error()),
      ).message,
    ).toBe(message);
  });
});
