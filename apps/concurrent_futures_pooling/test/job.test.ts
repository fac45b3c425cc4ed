import { expect, it } from "vitest";

import { comparison, labelOf, speedUp } from "../src/job.ts";
import { counting, job, run } from "./sample.ts";

it("compares each run with the one in turn", () => {
  expect(counting.runs.map((run) => speedUp(counting, run))).toEqual([1, 2, 1.6]);
});

it("says what was gained, or lost, in words", () => {
  const lost = job("CPU-bound", run("in turn", 10), run("threads", 25));
  expect(comparison(counting, counting.runs[1]!)).toBe("2.0 times as fast");
  expect(comparison(lost, lost.runs[1]!)).toBe("2.5 times as long");
});

it("names each way, with the number of workers", () => {
  expect([labelOf("in turn", 2), labelOf("loop", 2)]).toEqual(["one after another", "at once, on the loop"]);
  expect([labelOf("threads", 5), labelOf("processes", 5)]).toEqual(["5 threads", "5 processes"]);
  expect([labelOf("threads", 1), labelOf("processes", 1)]).toEqual(["1 thread", "1 process"]);
});
