import { stripVTControlCharacters } from "node:util";

import { describe, expect, it } from "vitest";

import { drawChart } from "../../src/text/chart.ts";
import type { Timeline } from "../../src/timeline/timeline.ts";
import { chapter, sample, span } from "../timeline/sample.ts";

function draw(timeline: Timeline, width: number): string[] {
  return stripVTControlCharacters(drawChart(timeline, width)).split("\n");
}

describe("drawChart", () => {
  it("draws a row for each task, and marks how it spent its time", () => {
    expect(draw(sample, 61)).toEqual([
      "          0         20        40        60        80   100 ms",
      "          ┬─────────┬─────────┬─────────┬─────────┬─────────┬",
      "1 Good",
      "  one     ●────────────────────────●────────────────────────✓",
      '  second                           ─────✗ Error: 1 < 2 & "so…',
      "2 Bad",
      "  three   ●────────────╌╌╌╌╌╌╌╌╌╌╌╌⊘ enough",
      "  four    ─────────────◷ the time is up",
      "          ┴─────────┴─────────┴─────────┴─────────┴─────────┴",
      "          0         20        40        60        80   100 ms",
      "",
      "● runs   ─ waits   ╌ cleans up after a cancel   ✓ finished",
      "✗ failed   ◷ timed out   ⊘ cancelled",
    ]);
  });

  it.each([50, 60, 77, 80, 119, 120])("stays within %i columns", (width) => {
    expect(Math.max(...draw(sample, width).map((line) => line.length))).toBeLessThanOrEqual(width);
  });

  it("leaves a detail out where there is no room for a word of it", () => {
    const long = chapter("1 Long", 0, 100, [span("long", [0, 90], "finished", "a result of many words")]);
    expect(draw({ duration: 100, chapters: [long] }, 60)[3]).toMatch(/─✓$/);
  });

  it("draws a task that took no time as its sign, and says how it ended if it gave nothing", () => {
    const short = chapter("1 Short", 0, 0, [span("short", [0, 0], "cancelled", "", { cancelledAt: 0 })]);
    expect(draw({ duration: 0, chapters: [short] }, 60)[3]).toBe("  short  ⊘ cancelled");
  });
});
