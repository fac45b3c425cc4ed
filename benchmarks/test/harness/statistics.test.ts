import { describe, expect, it } from "vitest";

import { summarize } from "../../src/harness/statistics.ts";

describe("summarize", () => {
  it("takes the median, which one pause of the machine does not move", () => {
    expect(summarize([10, 11, 500, 9, 10]).median).toBe(10);
    expect(summarize([1, 2, 3, 4]).median).toBe(2.5);
  });

  it("takes half of the distance of the quartiles as the spread, as a part of the median", () => {
    expect(summarize([90, 100, 110]).spread).toBeCloseTo(0.05);
    expect(summarize([7])).toEqual({ median: 7, spread: 0 });
  });

  it("has no spread around zero, and a positive one around less", () => {
    expect(summarize([-1, 0, 1])).toEqual({ median: 0, spread: 0 });
    expect(summarize([-90, -100, -110]).spread).toBeCloseTo(0.05);
  });

  it("refuses to make a summary of nothing", () => {
    expect(() => summarize([])).toThrow("at least one value");
  });
});
