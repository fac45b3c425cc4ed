import { describe, expect, it } from "vitest";

import { markdownOf } from "../../src/report/markdown.ts";
import { sample } from "./sample.ts";

describe("markdownOf", () => {
  const page = markdownOf(sample, "tasks.svg");

  it("has a row for each work and a column for each rival, ratios first", () => {
    expect(page).toContain("|  | @async | asyncio | promises | other |");
    expect(page).toContain(
      "| task switch, 100 tasks | 312 ns ± 2.1 % | **5.2x** 1.62 µs ± 1.0 % | **0.15x** 46.9 ns ± 20 % | **2.0x** 625 ns ± 0.0 % |",
    );
  });

  it("leaves cells empty where a rival has no way to do the work", () => {
    expect(page).toContain("| growth of the heap | 2.50 MB ± 0.0 % |  |  |  |");
  });

  it("names machine, Node, date, command, rounds, versions, and who was left out", () => {
    expect(page).toContain("Node 26.10.0 on CPU, 2 cores, 24 GiB, Linux 6 x64; 2031-05-04; load before: 0.1");
    expect(page).toContain("Command: pnpm bench tasks; rounds: 3");
    expect(page).toContain("asyncio (CPython 3.13.0)");
    expect(page).toContain("uvloop: left out, no Python here has it");
  });

  it("warns of figures from a busy machine", () => {
    const busy = { ...sample, machine: { ...sample.machine, loadBefore: 9 } };
    expect(markdownOf(busy, null)).toContain("load before: 9 (busy: the ratios are not reliable)");
  });

  it("says of each target whether it was reached", () => {
    expect(page).toContain("| task switch, 100 tasks | asyncio takes 5.0x or more | 5.2x | yes |");
    expect(page).toContain("| task switch, 100 tasks | uvloop takes 2.4x or more | not known here |  |");
    expect(page).toContain("| growth of the heap | at most 1.00 MB | 2.50 MB | **no** |");
  });

  it("shows the chart, where there is one", () => {
    expect(page).toContain("](tasks.svg)");
    expect(markdownOf(sample, null)).not.toContain("svg");
  });
});
