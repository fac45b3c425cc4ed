import { stripVTControlCharacters } from "node:util";

import { expect, it } from "vitest";

import { drawBars } from "../../src/text/bar-chart.ts";
import { counting, job, run } from "../sample.ts";

it("draws bars to scale, the longest as wide as there is room", () => {
  expect(stripVTControlCharacters(drawBars(counting, 2, 67)).split("\n")).toEqual([
    `one after another  ${"█".repeat(40)} 4000 ms`,
    `2 threads          ${"█".repeat(20)} 2000 ms`,
    `2 processes        ${"█".repeat(25)} 2500 ms`,
  ]);
});

it("shows also what takes next to no time", () => {
  const quick = job("CPU-bound", run("in turn", 0.01), run("threads", 100));
  expect(stripVTControlCharacters(drawBars(quick, 2, 60)).split("\n")[0]).toBe("one after another  █ 0 ms");
});
