import { describe, expect, it, vi } from "vitest";

import type { Benchmark } from "../../src/harness/benchmark.ts";
import { type MeasureOptions, measure } from "../../src/harness/measure.ts";
import { ownNode } from "../../src/harness/node-version.ts";
import { missingRival, staged, stagedRival } from "./staged-rival.ts";

const measureStaged = (benchmark: Benchmark, options: Partial<MeasureOptions> = {}) =>
  measure(benchmark, {
    ...{ node: ownNode, rounds: 2, warmUp: 0, command: "pnpm bench staged", say: () => undefined },
    ...options,
  });

describe("measure", () => {
  it("lets the rivals take turns in each round", async () => {
    const log: string[] = [];
    await measureStaged(staged([stagedRival("ours", { log }), stagedRival("theirs", { log })]));
    const round = ["ours runs 10", "theirs runs 10"];
    expect(log).toEqual([
      ...["ours starts", "theirs starts"],
      ...[...round, ...round],
      ...["ours stops", "theirs stops"],
    ]);
  });

  it("warms each rival up for some time before the first round, and by one run before each that counts", async () => {
    const log: string[] = [];
    const rivals = [stagedRival("ours", { log }), stagedRival("theirs", { log })];
    let now = 0;
    // Each look at the clock is a millisecond later than the one before.
    using clock = vi.spyOn(performance, "now").mockImplementation(() => now++);
    const { works } = await measureStaged(staged(rivals), { rounds: 1, warmUp: 3 });
    const warmUp = ["ours", "theirs"].flatMap((name) => Array.from({ length: 3 }, () => `${name} runs 10`));
    const round = ["ours runs 10", "ours runs 10", "theirs runs 10", "theirs runs 10"];
    expect(log.slice(2, -2)).toEqual([...warmUp, ...round]);
    expect(works[0]?.values[0]?.samples).toHaveLength(1);
    expect(clock).toHaveBeenCalled();
  });

  it("spares whoever takes longer than the warm-up the uncounted runs", async () => {
    const log: string[] = [];
    let now = 0;
    using clock = vi.spyOn(performance, "now").mockImplementation(() => (now += 10));
    await measureStaged(staged([stagedRival("slow", { log })]), { rounds: 2, warmUp: 3 });
    expect(log.filter((line) => line.includes("runs"))).toHaveLength(3);
    expect(clock).toHaveBeenCalled();
  });

  it("gives medians of one operation, ratios to ours, and what became of the targets", async () => {
    const log: string[] = [];
    const times = [1_000, 3_000, 2_000];
    const theirs = stagedRival("theirs", {
      log,
      answer: (done) => ({ done, value: times.shift()!, recorded: false }),
    });
    const { works } = await measureStaged(staged([stagedRival("ours", { log }), theirs]), { rounds: 3 });
    expect(works[0]?.values).toEqual([
      { rival: "ours", median: 100, ratio: 1, spread: 0, samples: [100, 100, 100] },
      { rival: "theirs", median: 200, ratio: 2, spread: 0.25, samples: [100, 300, 200] },
    ]);
    expect(works[0]?.targets).toMatchObject([{ reached: 2, met: true }]);
  });

  it("takes a value that the work has set as it is", async () => {
    const answer = (done: number) => ({ done, value: 7, recorded: true });
    const { works } = await measureStaged(staged([stagedRival("ours", { log: [], answer })]));
    expect(works[0]?.values[0]?.median).toBe(7);
  });

  it("leaves a rival that is not here out, with a line that says why", async () => {
    const said: string[] = [];
    const rivals = [stagedRival("ours", { log: [] }), missingRival("uvloop", "no Python here has it")];
    const result = await measureStaged(staged(rivals), { say: (line) => void said.push(line) });
    expect(said[0]).toBe("uvloop: left out, no Python here has it");
    expect(result.leftOut).toEqual([{ name: "uvloop", reason: "no Python here has it" }]);
    expect(result.works[0]?.values.map(({ rival }) => rival)).toEqual(["ours"]);
    expect(result.works[0]?.targets).toMatchObject([{ reached: null, met: null }]);
  });

  it("fails when a rival has not done its work, and stops all of them", async () => {
    const log: string[] = [];
    const answer = (operations: number) => ({ done: operations - 1, value: 1, recorded: false });
    const rivals = [stagedRival("ours", { log }), stagedRival("lazy", { log, answer })];
    await expect(measureStaged(staged(rivals))).rejects.toThrow(
      'lazy did not do the work "count a thing": 9 of 10 operations',
    );
    expect(log.slice(-2)).toEqual(["ours stops", "lazy stops"]);
  });

  it("fails when a rival gives no value", async () => {
    const answer = (done: number) => ({ done, value: NaN, recorded: true });
    const rivals = [stagedRival("ours", { log: [], answer })];
    await expect(measureStaged(staged(rivals))).rejects.toThrow('ours gave no value for "count a thing"');
  });

  it("starts a rival anew for each run of a fresh work, which is not warmed up", async () => {
    const log: string[] = [];
    await measureStaged(staged([stagedRival("ours", { log })], { fresh: true }), { warmUp: 5 });
    const run = ["ours starts", "ours runs 10", "ours stops"];
    expect(log).toEqual(["ours starts", ...run, ...run, "ours stops"]);
  });

  it("does no more rounds than make sense for the work", async () => {
    const { works } = await measureStaged(staged([stagedRival("ours", { log: [] })], { rounds: 1 }));
    expect(works[0]?.values[0]?.samples).toHaveLength(1);
  });

  it("gives less to do to those who would take minutes, and little to all for a check", async () => {
    const log: string[] = [];
    const both = staged([stagedRival("ours", { log }), stagedRival("slow", { log })]);
    await measureStaged(both, { rounds: 1 });
    await measureStaged(both, { rounds: 1, tiny: true });
    const runs = log.filter((line) => line.includes("runs"));
    expect(runs).toEqual(["ours runs 10", "slow runs 5", "ours runs 2", "slow runs 2"]);
  });

  it("says where the result comes from", async () => {
    const result = await measureStaged(staged([stagedRival("ours", { log: [] })]));
    expect(result).toMatchObject({
      benchmark: "staged",
      command: "pnpm bench staged",
      node: process.versions.node,
      rounds: 2,
      rivals: [{ name: "ours", version: "1" }],
    });
    expect(result.date).toMatch(/^\d{4}-\d\d-\d\d$/);
    expect(result.machine.cores).toBeGreaterThan(0);
  });
});
