import { errorOf, gateKeeper } from "@async/test-kit";
import { describe, expect, it } from "vitest";

import { POOLS, hold, work } from "./pools.ts";

describe.each(POOLS)("statistics of $kind", { tags: ["slow"] }, ({ Pool }) => {
  it("is a frozen snapshot, which shows what runs and what waits", async () => {
    await using keeper = await gateKeeper();
    await using pool = new Pool({ maxWorkers: 1 });
    const before = pool.statistics();
    expect(Object.isFrozen(before)).toBe(true);
    expect(before).toMatchObject({ maxWorkers: 1, workers: [], queued: 0, atWorkers: 0, pending: 0 });
    const gate = keeper.gate();
    const futures = [pool.submit(hold, gate.ticket), pool.submit(work.identity, 1)];
    await gate.reached();
    const during = pool.statistics();
    expect(during.workers).toEqual([
      {
        name: expect.any(String) as string,
        id: expect.any(Number) as number,
        state: "busy",
        calls: expect.any(Number) as number,
      },
    ]);
    expect([during.queued + during.atWorkers, during.pending, during.completed]).toEqual([2, 2, 0]);
    gate.open();
    await Promise.all(futures);
    const after = pool.statistics();
    expect(after).toMatchObject({
      queued: 0,
      atWorkers: 0,
      pending: 0,
      completed: 2,
      failed: 0,
      cancelled: 0,
      died: 0,
    });
    expect(after.workers).toMatchObject([{ state: "idle", calls: 2 }]);
    expect(before.workers).toEqual([]);
  });

  it("counts how calls have ended, and workers that died of themselves", async () => {
    await using pool = new Pool({ maxWorkers: 1 });
    await pool.submit(work.identity, 1);
    await errorOf(pool.submit(work.fail, "no"));
    const cancelled = pool.submit(work.identity, 2);
    cancelled.cancel();
    await errorOf(cancelled);
    await errorOf(pool.submit(work.exit, 1));
    expect(pool.statistics()).toMatchObject({ pending: 0, completed: 1, failed: 2, cancelled: 1, died: 1 });
  });
});
