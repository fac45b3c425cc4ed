import { describe, expect, it } from "vitest";

import { type RivalValue, judge } from "../../src/harness/result.ts";

const value = (rival: string, median: number): RivalValue => ({
  rival,
  median,
  ratio: median / 10,
  spread: 0,
  samples: [median],
});
const values = [value("ours", 10), value("slow", 60), value("quick", 20)];

describe("judge", () => {
  it("holds a ratio against one rival", () => {
    expect(judge({ rivals: ["slow"], atLeast: 5 }, values)).toMatchObject({ reached: 6, met: true });
    expect(judge({ rivals: ["slow"], atLeast: 7 }, values)).toMatchObject({ reached: 6, met: false });
  });

  it("takes the best of several rivals", () => {
    const target = { rivals: ["slow", "quick", "absent"], atLeast: 3 };
    expect(judge(target, values)).toEqual({ target, reached: 2, met: false });
  });

  it("does not know what it reaches against rivals that are not there", () => {
    expect(judge({ rivals: ["absent"], atLeast: 1 }, values)).toMatchObject({ reached: null, met: null });
  });

  it("holds our own value against a limit", () => {
    expect(judge({ atMost: 10 }, values)).toMatchObject({ reached: 10, met: true });
    expect(judge({ atMost: 9 }, values)).toMatchObject({ reached: 10, met: false });
  });
});
