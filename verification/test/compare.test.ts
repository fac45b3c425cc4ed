import { describe, expect, it } from "vitest";

import { describeDifference, firstDifference } from "../src/compare.ts";
import { readFixture } from "../src/fixtures.ts";
import type { Observation, Program } from "../src/program.ts";
import { replay } from "../src/replay.ts";

const observation: Observation = {
  end: "ok:nil",
  trace: [
    [0, "c0#0", "start"],
    [0, "c1#1", "start"],
    [5, "c1#1", "return nil"],
    [5, "c0#0", "return nil"],
  ],
  finals: { t1: "ok:nil" },
};

const program: Program = {
  seed: 7,
  coros: [
    [
      ["spawn", 1, "t1"],
      ["try", [["await", "t1"]], ["error"], [["yield"]], 1],
    ],
    [["timeout", 6, [["sleep", 5]]]],
  ],
};

describe("firstDifference", () => {
  it("finds none between equal observations", () => {
    expect(firstDifference(observation, structuredClone(observation))).toBeNull();
  });

  it.each([
    ["another time", observation.trace.with(2, [6, "c1#1", "return nil"]), 2],
    ["another coroutine", observation.trace.with(1, [0, "c2#1", "start"]), 1],
    ["another text", observation.trace.with(3, [5, "c0#0", "return 1"]), 3],
    ["a missing entry", observation.trace.slice(0, 3), 3],
    ["an entry too many", [...observation.trace, [6, "c0#0", "soon s"] as const], 4],
    ["two entries swapped", observation.trace.with(2, [5, "c0#0", "return nil"]), 2],
  ])("finds %s", (_what, trace, at) => {
    expect(firstDifference(observation, { ...observation, trace })).toEqual({
      where: `trace entry ${at}`,
      at,
    });
  });

  it("finds another end, and another final outcome, when the traces are equal", () => {
    expect(firstDifference(observation, { ...observation, end: "pending" })?.where).toBe("end");
    expect(firstDifference(observation, { ...observation, finals: { t1: "cancelled" } })?.where).toBe(
      "final t1",
    );
    expect(firstDifference(observation, { ...observation, finals: {} })?.where).toBe("final t1");
  });
});

describe("describeDifference", () => {
  it("shows the program, the entry that differs, its neighbours and the outcomes, both sides", () => {
    const actual: Observation = { ...observation, end: "pending", trace: observation.trace.slice(0, 3) };
    const difference = firstDifference(observation, actual);
    expect(difference).not.toBeNull();
    expect(`\n${describeDifference(program, observation, actual, difference ?? { where: "", at: 0 })}\n`)
      .toBe(`
Program 7 differs at trace entry 3

coroutine 0
  spawn 1 t1
  try
    await t1
  catch ["error"]
    yield
  finally sleep 1
coroutine 1
  timeout 6
    sleep 5

       CPython                 here
    0  0 ms  c0#0  start       0 ms  c0#0  start
    1  0 ms  c1#1  start       0 ms  c1#1  start
    2  5 ms  c1#1  return nil  5 ms  c1#1  return nil
>   3  5 ms  c0#0  return nil  (nothing)
> end  ok:nil                  pending
   t1  ok:nil                  ok:nil
`);
  });
});

describe("replay", () => {
  it("notices that a recorded expectation was altered", async () => {
    const [recording] = readFixture("core");
    if (!recording) throw new Error("The fixture is empty");
    const { scenario, expect: recorded } = recording;
    expect(await replay(recording)).toBeNull();
    expect(await replay({ scenario, expect: { ...recorded, end: "ok:altered" } })).not.toBeNull();
    const trace = recorded.trace.with(1, [1, "c0#0", "altered"]);
    expect((await replay({ scenario, expect: { ...recorded, trace } }))?.difference.at).toBe(1);
  });
});
