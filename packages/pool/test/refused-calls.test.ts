import { errorOf, within } from "@async/test-kit";
import { describe, expect, it } from "vitest";

import { POOLS, sharedPool, work } from "./pools.ts";

const unsendable = (): void => {};

describe.each(POOLS)("a call that cannot be sent to a worker of $kind", { tags: ["slow"] }, ({ Pool }) => {
  const shared = sharedPool(Pool);

  it("POOL-23 does not keep shutdown waiting", async () => {
    const pool = new Pool({ maxWorkers: 1 });
    await pool.submit(work.identity, 1);
    const error = errorOf(pool.map(work.identity, [unsendable]).next());
    await within(5000, pool.shutdown());
    expect((await error).name).toBe("DataCloneError");
  });

  it("POOL-26 does not count for maxTasksPerChild", async () => {
    await using pool = new Pool({ maxWorkers: 1, maxTasksPerChild: 2 });
    const first = await pool.submit(work.nameAfter, 0);
    await errorOf(pool.submit(work.identity, unsendable));
    await errorOf(pool.map(work.identity, [unsendable]).next());
    expect(await pool.submit(work.nameAfter, 0)).toBe(first);
    expect(await pool.submit(work.nameAfter, 0)).not.toBe(first);
  });

  it("leaves its place at the worker to others, however many such there were", async () => {
    await using pool = new Pool({ maxWorkers: 1 });
    await pool.submit(work.identity, 1);
    for (let call = 0; call < 5000; call += 1) await errorOf(pool.submit(work.identity, unsendable));
    expect(await pool.submit(work.identity, 2)).toBe(2);
  });

  it("among many that can be sent disturbs none of them", async () => {
    const ends = await Promise.all(
      Array.from({ length: 3000 }, (_, index) =>
        index % 7 === 3
          ? errorOf(shared.pool.submit(work.identity, unsendable))
          : shared.pool.submit(work.identity, index),
      ),
    );
    for (const [index, end] of ends.entries())
      expect(end instanceof Error ? end.name : end).toBe(index % 7 === 3 ? "DataCloneError" : index);
  });
});
