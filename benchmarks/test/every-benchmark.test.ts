import { describe, expect, it } from "vitest";

import { benchmarks } from "../src/benchmarks.ts";
import { measure } from "../src/harness/measure.ts";
import { ownNode } from "../src/harness/node-version.ts";

describe.for(benchmarks)("$name", { tags: ["slow"], timeout: 60_000 }, (benchmark) => {
  it("gets its works done by every rival that is here", async () => {
    const result = await measure(benchmark, {
      ...{ node: ownNode, rounds: 1, warmUp: 0, tiny: true },
      ...{ command: "", say: () => undefined },
    });
    const measured = result.works.map(({ name, values }) => [name, values[0]?.rival]);
    expect(measured).toEqual(Object.keys(benchmark.works).map((name) => [name, benchmark.rivals[0]?.name]));
  });

  it("has targets that name rivals of its own", () => {
    const rivals = benchmark.rivals.map(({ name }) => name);
    const named = Object.values(benchmark.works).flatMap(({ targets = [], smaller }) => [
      ...targets.flatMap((target) => ("rivals" in target ? target.rivals : [])),
      ...(smaller?.rivals ?? []),
    ]);
    expect(named.filter((name) => !rivals.includes(name))).toEqual([]);
  });
});
