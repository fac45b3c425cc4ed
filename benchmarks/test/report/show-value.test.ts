import { describe, expect, it } from "vitest";

import { showRatio, showSpread, showTarget, showValue } from "../../src/report/show-value.ts";

describe("showValue", () => {
  it("shows three digits in the unit that suits them", () => {
    const times = [0.5, 46.94, 312.4, 1_250, 16_700, 2_000_000, 3.5e9, 7.2e12];
    expect(times.map((time) => showValue(time, "time"))).toEqual([
      ...["0.50 ns", "46.9 ns", "312 ns", "1.25 µs", "16.7 µs", "2.00 ms", "3.50 s", "7200 s"],
    ]);
  });

  it("knows bytes, counts, and what is below zero", () => {
    expect(showValue(10_000, "bytes")).toBe("10.0 kB");
    expect(showValue(-13_200, "bytes")).toBe("-13.2 kB");
    expect(showValue(0, "bytes")).toBe("0 B");
    expect(showValue(5, "count")).toBe("5");
  });
});

describe("showRatio, showSpread, showTarget", () => {
  it("show two digits behind the point only near 1", () => {
    expect([0.149, 1, 5.25, 81.3, 240].map(showRatio)).toEqual(["0.15x", "1.00x", "5.3x", "81x", "240x"]);
  });

  it("show a spread in percent", () => {
    expect([0, 0.021, 0.5].map(showSpread)).toEqual(["± 0.0 %", "± 2.1 %", "± 50 %"]);
  });

  it("say what is to be reached", () => {
    expect(showTarget({ atMost: 5e6 }, "time")).toBe("at most 5.00 ms");
    expect(showTarget({ rivals: ["asyncio"], atLeast: 5 }, "time")).toBe("asyncio takes 5.0x or more");
    expect(showTarget({ rivals: ["a", "b"], atLeast: 12 }, "time")).toBe("the best peer takes 12x or more");
  });
});
