import { describe, expect, it } from "vitest";

import { findCPython } from "../src/cpython.ts";
import { fixtureNames, readFixture } from "../src/fixtures.ts";
import type { Program } from "../src/program.ts";
import { describeMismatch, replayAll } from "../src/replay.ts";

const python = findCPython();

describe.runIf(python)("the recorder", { tags: ["slow"] }, () => {
  it.each(fixtureNames)("gives what stands in %s.jsonl for the programs of it", (name) => {
    const recordings = readFixture(name);
    const observations = python?.record(recordings.map(({ scenario }) => scenario));
    expect(observations).toEqual(recordings.map((recording) => recording.expect));
  });

  it("makes the same programs from the same seed, others from another", () => {
    expect(python?.generate(20, 5)).toEqual(python?.generate(20, 5));
    expect(python?.generate(20, 5)).not.toEqual(python?.generate(20, 500));
  });

  it("answers null for a program that is too much for CPython's stack", () => {
    // Two tasks that wait for each other: cancelling one goes round in circles.
    const circle: Program = {
      seed: 1,
      coros: [
        [
          ["spawn", 1, "t1"],
          ["spawn", 2, "t2"],
          ["sleep", 1],
          ["cancel", "t1", ""],
        ],
        [["await", "t2"]],
        [["await", "t1"]],
      ],
    };
    expect(python?.record([circle])).toEqual([null]);
  });
});

describe.runIf(python)("fresh programs", { tags: ["slow"] }, () => {
  it("give the trace of CPython", async () => {
    const mismatches = await replayAll(python?.generate(200, 1) ?? []);
    expect(mismatches.map(describeMismatch).join("\n\n")).toBe("");
  });
});
