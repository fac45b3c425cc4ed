import { errorOf, workerWatch } from "@async/test-kit";
import { describe, expect, it } from "vitest";

import { POOLS, work } from "./pools.ts";

describe.each(POOLS)("maxTasksPerChild in $kind", { tags: ["slow"] }, ({ Pool }) => {
  it("POOL-26 replaces a worker after exactly so many calls", async () => {
    using watch = workerWatch();
    await using pool = new Pool({ maxWorkers: 1, maxTasksPerChild: 3 });
    const names = await Promise.all([1, 2, 3, 4, 5, 6, 7].map(() => pool.submit(work.nameAfter, 0)));
    const [first, second, third] = [...new Set(names)];
    expect(names).toEqual([first, first, first, second, second, second, third]);
    expect(watch.started).toBe(3);
  });

  it("POOL-26 counts calls that fail, and loses none", async () => {
    await using pool = new Pool({ maxWorkers: 2, maxTasksPerChild: 2 });
    const calls = [1, 2, 3, 4, 5, 6].map((value) =>
      value % 2 === 0 ? errorOf(pool.submit(work.fail, "no")) : pool.submit(work.identity, value),
    );
    const ends = await Promise.all(calls);
    expect(ends.map((end) => (typeof end === "number" ? end : end.name))).toEqual([
      1,
      "RangeError",
      3,
      "RangeError",
      5,
      "RangeError",
    ]);
  });

  it("POOL-26 of 1 gives each call a worker of its own", async () => {
    using watch = workerWatch();
    const pool = new Pool({ maxWorkers: 2, maxTasksPerChild: 1 });
    const names = await Promise.all([1, 2, 3, 4].map(() => pool.submit(work.nameAfter, 0)));
    expect(new Set(names).size).toBe(4);
    await pool.shutdown();
    await watch.allEnded();
    expect(watch.started).toBe(4);
  });
});
