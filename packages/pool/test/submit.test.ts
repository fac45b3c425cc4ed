import { UsageError } from "@async/futures";
import { errorOf, gateKeeper, until, within, workerWatch } from "@async/test-kit";
import { describe, expect, it } from "vitest";

import { POOLS, sharedPool, nestedWork, hold, work } from "./pools.ts";

describe.each(POOLS)("submit to $kind", { tags: ["slow"] }, ({ kind, Pool }) => {
  const shared = sharedPool(Pool);

  it("POOL-01 runs the function with its arguments on a worker, not here", async () => {
    const [sum, where] = await Promise.all([
      shared.pool.submit(work.add, 40, 2),
      shared.pool.submit(work.whoAmI),
    ]);
    expect(sum).toBe(42);
    expect(where.pid === process.pid).toBe(kind === "threads");
    expect(where.threadId === 0).toBe(kind === "processes");
  });

  it("POOL-25 loses nothing of a burst before any worker is up", async () => {
    await using pool = new Pool({ maxWorkers: 2 });
    const numbers = Array.from({ length: 20_000 }, (_, index) => index);
    const results = await Promise.all(numbers.map((number) => pool.submit(work.identity, number)));
    expect(results).toEqual(numbers);
  });

  it("gives each call arguments of its own, even if they are the same object", async () => {
    const list = [1];
    expect(await Promise.all([1, 2, 3].map(() => shared.pool.submit(work.grow, list)))).toEqual([2, 2, 2]);
    expect(list).toEqual([1]);
  });

  it("keeps apart the calls of different functions and numbers of arguments", async () => {
    const calls = Array.from({ length: 300 }, (_, index) => [
      shared.pool.submit(work.add, index, 1),
      shared.pool.submit(work.identity, index),
      shared.pool.submit(work.identity, undefined),
      shared.pool.submit(work.double, index),
    ]).flat();
    const expected = Array.from({ length: 300 }, (_, index) => [
      index + 1,
      index,
      undefined,
      2 * index,
    ]).flat();
    expect(await Promise.all(calls)).toEqual(expected);
  });

  it("POOL-10 starts workers on demand, and reuses an idle one", async () => {
    using watch = workerWatch();
    await using pool = new Pool({ maxWorkers: 2 });
    expect(watch.started).toBe(0);
    for (let call = 0; call < 5; call += 1) await pool.submit(work.identity, call);
    expect(watch.started).toBe(1);
  });

  it("POOL-10 never starts more than maxWorkers", async () => {
    using watch = workerWatch();
    await using pool = new Pool({ maxWorkers: 2 });
    await Promise.all([1, 2, 3, 4, 5, 6].map(() => pool.submit(work.nameAfter, 5)));
    expect(watch.started).toBe(2);
  });

  it("holds up at most a few of 10,000 short calls by a long one", async () => {
    await using keeper = await gateKeeper();
    const gate = keeper.gate();
    await Promise.all([1, 2, 3, 4].map(() => shared.pool.submit(work.spin, 0.01)));
    let ended = 0;
    const submitShort = () => {
      for (let call = 0; call < 1000; call += 1)
        shared.pool.submit(work.spin, 0.01).addDoneCallback(() => (ended += 1));
    };
    for (let round = 0; round < 5; round += 1) submitShort();
    const held = shared.pool.submit(hold, gate.ticket);
    for (let round = 0; round < 5; round += 1) submitShort();
    await until(() => ended >= 10_000 - 5);
    expect(held.done()).toBe(false);
    gate.open();
    await held;
    await until(() => ended === 10_000);
  });

  it("CFU-03 a call that takes long is running, also if its function is quick otherwise", async () => {
    await using pool = new Pool({ maxWorkers: 1, cancelGrace: 0 });
    for (let call = 0; call < 50; call += 1) await pool.submit(work.spinIf, false);
    const endless = pool.submit(work.spinIf, true);
    try {
      await within(
        2_000,
        until(() => endless.running()),
      );
      expect(endless.done()).toBe(false);
    } finally {
      endless.cancel();
    }
  });

  it("refuses a plain function with a TypeError that says how to make one that a worker can find", () => {
    expect(() => shared.pool.submit((a: number) => a, 1)).toThrow(TypeError);
    expect(() => shared.pool.submit((a: number) => a, 1)).toThrow(/workerModule/);
    expect(() => shared.pool.map(Math.sqrt, [1])).toThrow(/workerModule/);
  });

  it("a pool cannot be given to its own workers: that call fails, and says why", async () => {
    const error = await errorOf(() => shared.pool.submit(work.identity, shared.pool));
    expect(error).toBeInstanceOf(TypeError);
    expect(error.message).toMatch(/executor/i);
    expect(await shared.pool.submit(work.identity, 1)).toBe(1);
  });

  it("a call cannot submit calls itself, to whatever pool: it fails at once, and says what to do", async () => {
    const error = await errorOf(shared.pool.submit(nestedWork.addInPool, 1, 2));
    expect(error).toBeInstanceOf(UsageError);
    expect(error.message).toContain("submit it from the main program");
  });
});
