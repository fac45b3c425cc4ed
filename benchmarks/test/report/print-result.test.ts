import { stripVTControlCharacters } from "node:util";

import { describe, expect, it } from "vitest";

import { printResult } from "../../src/report/print-result.ts";
import { sample } from "./sample.ts";

describe("printResult", () => {
  it("has a block for each work, with ratio, median and spread of each rival, and its targets", () => {
    const lines = stripVTControlCharacters(printResult(sample))
      .split("\n")
      .map((line) => line.replaceAll(/[│ ]+/g, " ").trim());
    expect(lines).toContain("task switch, 100 tasks");
    expect(lines).toContain("asyncio 5.2x 1.62 µs ± 1.0 %");
    expect(lines).toContain("target asyncio takes 5.0x or more: reached, 5.2x");
    expect(lines).toContain("target uvloop takes 2.4x or more: not known here");
    expect(lines).toContain("target at most 1.00 MB: missed, 2.50 MB");
    expect(lines).toContain("uvloop: left out, no Python here has it");
  });
});
