import { setTimeout as pause } from "node:timers/promises";

import { isCancelled } from "@async/futures";
import { errorOf, gateKeeper, until, workerWatch } from "@async/test-kit";
import { describe, expect, it } from "vitest";

import { POOLS, callWork, hold, work } from "./pools.ts";

describe.each(POOLS)("cancel in a pool of $kind", { tags: ["slow"] }, ({ Pool }) => {
  it("ends the future of a running call at once, and tells the call by its signal, with the reason", async () => {
    await using pool = new Pool({ maxWorkers: 1, cancelGrace: 5000 });
    const future = pool.submit(callWork.noteReason);
    await until(() => future.running());
    expect([future.cancel("enough"), future.cancelled()]).toEqual([true, true]);
    expect(await errorOf(future)).toMatchObject({ name: "CancelledError", reason: "enough" });
    expect(await pool.submit(callWork.readLastReason)).toBe("CancelledError: enough");
  });

  it("leaves the worker alone if the call stops within cancelGrace", async () => {
    using watch = workerWatch();
    await using pool = new Pool({ maxWorkers: 1, cancelGrace: 5000 });
    const future = pool.submit(callWork.work);
    await until(() => future.running());
    future.cancel();
    await pool.submit(work.identity, 1);
    expect(watch.started).toBe(1);
  });

  it.each([2 ** 31, 1e10, Infinity])("leaves it alone for a cancelGrace of %d", async (cancelGrace) => {
    using watch = workerWatch();
    await using pool = new Pool({ maxWorkers: 1, cancelGrace });
    const future = pool.submit(callWork.stopLate, 30);
    await until(() => future.running());
    future.cancel();
    await pool.submit(work.identity, 1);
    expect(watch.started).toBe(1);
  });

  it("drops the late result of a call that goes on", async () => {
    await using pool = new Pool({ maxWorkers: 1, cancelGrace: 5000 });
    const future = pool.submit(callWork.stopLate, 5);
    await until(() => future.running());
    future.cancel();
    expect(await pool.submit(work.identity, "next")).toBe("next");
    expect(isCancelled(await errorOf(future))).toBe(true);
  });

  it("ends the worker of a call that does not stop; its place is taken in 100 ms, or as fast as workers start here", async () => {
    using watch = workerWatch();
    await using pool = new Pool({ maxWorkers: 1, cancelGrace: 0 });
    const timed = async (served: PromiseLike<unknown>) => {
      const start = performance.now();
      await served;
      return performance.now() - start;
    };
    const starts = [await timed(pool.submit(work.identity, 0))];
    const restarts: number[] = [];
    for (let round = 1; round <= 3; round += 1) {
      const future = pool.submit(work.spinForEver);
      await until(() => future.running());
      expect(future.cancel()).toBe(true);
      restarts.push(await timed(pool.submit(work.identity, round)));
      await using fresh = new Pool({ maxWorkers: 1 });
      starts.push(await timed(fresh.submit(work.identity, round)));
    }
    expect(watch.started).toBe(4 + 3);
    expect(Math.min(...restarts)).toBeLessThan(Math.max(100, 4 * Math.min(...starts)));
  });

  it("of one call leaves the calls of other workers alone, and those behind it", async () => {
    await using keeper = await gateKeeper();
    await using pool = new Pool({ maxWorkers: 2, cancelGrace: 0 });
    const gate = keeper.gate();
    const neighbour = pool.submit(hold, gate.ticket);
    await gate.reached();
    const endless = pool.submit(work.spinForEver);
    const behind = [1, 2, 3].map((value) => pool.submit(work.identity, value));
    await until(() => endless.running());
    endless.cancel();
    expect(await Promise.all(behind)).toEqual([1, 2, 3]);
    expect(neighbour.done()).toBe(false);
    gate.open();
    await neighbour;
  });

  it("of an endless call of a function that is quick otherwise leaves the calls behind it alone", async () => {
    await using pool = new Pool({ maxWorkers: 1, cancelGrace: 0 });
    for (let call = 0; call < 50; call += 1) await pool.submit(work.spinIf, false);
    const endless = pool.submit(work.spinIf, true);
    const behind = [1, 2, 3].map(() => pool.submit(work.spinIf, false));
    await pause(50);
    endless.cancel();
    expect(await Promise.all(behind)).toEqual([1, 1, 1]);
  });

  it("takes back what was sent to a worker and has not started, of any batch", async () => {
    await using keeper = await gateKeeper();
    await using pool = new Pool({ maxWorkers: 1 });
    await Promise.all(Array.from({ length: 100 }, (_, value) => pool.submit(work.identity, value)));
    const gate = keeper.gate();
    const held = pool.submit(hold, gate.ticket);
    const futures = Array.from({ length: 1000 }, (_, value) => pool.submit(work.identity, value));
    await gate.reached();
    const cancelled = futures.filter((_, index) => index % 2 === 0);
    expect(cancelled.every((future) => future.cancel() && future.cancelled())).toBe(true);
    gate.open();
    await held;
    const kept = futures.filter((_, index) => index % 2 === 1);
    expect(await Promise.all(kept)).toEqual(kept.map((_, index) => 2 * index + 1));
  });

  it("again and again, of calls that do not stop, leaks no worker and no slot", async () => {
    using watch = workerWatch();
    await using pool = new Pool({ maxWorkers: 2, cancelGrace: 0 });
    for (let round = 0; round < 4; round += 1) {
      const futures = [pool.submit(work.spinForEver), pool.submit(work.spinForEver)];
      await until(() => futures.every((future) => future.running()));
      for (const future of futures) future.cancel();
    }
    expect(await Promise.all([1, 2, 3].map((value) => pool.submit(work.identity, value)))).toEqual([1, 2, 3]);
    await until(() => watch.alive <= 2);
  });

  it("closing a map early lets the item that runs end, and its worker live", async () => {
    await using keeper = await gateKeeper();
    using watch = workerWatch();
    await using pool = new Pool({ maxWorkers: 1, cancelGrace: 0 });
    const [open, closed] = [keeper.gate(), keeper.gate()];
    open.open();
    const tickets = [open.ticket, closed.ticket];
    const iterator = pool.map(hold, tickets, { chunkSize: 1 })[Symbol.asyncIterator]();
    await iterator.next();
    await closed.reached();
    await iterator.return?.();
    closed.open();
    expect(await pool.submit(work.identity, 1)).toBe(1);
    expect(watch.started).toBe(1);
  });
});
