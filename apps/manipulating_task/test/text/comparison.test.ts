import { stripVTControlCharacters } from "node:util";

import { expect, it } from "vitest";

import { drawComparison } from "../../src/text/comparison.ts";

it("draws bars to scale, and says how many times as fast as the first the others are", () => {
  const bars = [
    { label: "one by one", duration: 400.2 },
    { label: "at once", duration: 100 },
  ];
  expect(stripVTControlCharacters(drawComparison(bars, 64)).split("\n")).toEqual([
    "          one by one  ████████████████ 400 ms",
    "          at once     ████ 100 ms, 4.0 times as fast",
  ]);
});
