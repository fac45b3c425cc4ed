import { CancelledError, UsageError } from "@async/futures";
import { errorOf, gateKeeper, until, workerWatch } from "@async/test-kit";
import { describe, expect, it } from "vitest";

import { POOLS, type Pool, hold, work } from "./pools.ts";

/** Resolves to how each of the futures has ended. */
const endsOf = (futures: readonly PromiseLike<unknown>[]) =>
  Promise.all(
    futures.map(async (future) => {
      try {
        return await future;
      } catch (error) {
        return (error as Error).name;
      }
    }),
  );

describe.each(POOLS)("shutdown of $kind", { tags: ["slow"] }, ({ Pool }) => {
  it("POOL-11 completes what was submitted before, then ends the workers", async () => {
    using watch = workerWatch();
    const pool = new Pool({ maxWorkers: 2 });
    const futures = Array.from({ length: 500 }, (_, value) => pool.submit(work.identity, value));
    await pool.shutdown();
    expect(futures.map((future) => future.result())).toEqual(futures.map((_, value) => value));
    await watch.allEnded();
  });

  it("POOL-11 resolves when its workers are gone", async () => {
    using watch = workerWatch();
    const pool = new Pool({ maxWorkers: 2 });
    await Promise.all([pool.submit(work.nameAfter, 5), pool.submit(work.nameAfter, 5)]);
    expect(watch.alive).toBe(2);
    await pool.shutdown();
    expect(watch.alive).toBe(0);
  });

  it("POOL-11 without wait ends the workers too, once the work is done", async () => {
    using watch = workerWatch();
    const pool = new Pool({ maxWorkers: 2 });
    const futures = [1, 2, 3].map((value) => pool.submit(work.identity, value));
    await pool.shutdown({ wait: false });
    expect(await Promise.all(futures)).toEqual([1, 2, 3]);
    await watch.allEnded();
  });

  it("POOL-12 cancelFutures takes back also what was sent to a worker", async () => {
    await using keeper = await gateKeeper();
    const pool = new Pool({ maxWorkers: 1 });
    const gate = keeper.gate();
    const held = pool.submit(hold, gate.ticket);
    const queued = Array.from({ length: 1000 }, (_, value) => pool.submit(work.identity, value));
    await gate.reached();
    const shutdown = pool.shutdown({ cancelFutures: true });
    expect(queued.every((future) => future.cancelled())).toBe(true);
    await Promise.all(queued.map(errorOf));
    gate.open();
    await Promise.all([held, shutdown]);
    expect(held.result()).toBe(gate.ticket);
  });

  it("POOL-23 after a call that cannot be sent ends as any other", async () => {
    using watch = workerWatch();
    const pool = new Pool({ maxWorkers: 1 });
    const unsendable = pool.submit(work.identity, () => {});
    await pool.shutdown({ wait: false });
    expect((await errorOf(unsendable)).name).toBe("DataCloneError");
    await watch.allEnded();
  });

  it("the death of a worker meanwhile does not stop it: what waits is done by another", async () => {
    using watch = workerWatch();
    const pool = new Pool({ maxWorkers: 1 });
    const deadly = pool.submit(work.exit, 1);
    const futures = [1, 2, 3].map((value) => pool.submit(work.identity, value));
    const shutdown = pool.shutdown();
    await errorOf(deadly);
    expect(await Promise.all(futures)).toEqual([1, 2, 3]);
    await shutdown;
    await watch.allEnded();
  });

  it("its timeout ends the workers whatever they do, and every future with them", async () => {
    using watch = workerWatch();
    const pool = new Pool({ maxWorkers: 2 });
    const endless = [pool.submit(work.spinForEver), pool.submit(work.spinForEver)];
    const queued = pool.submit(work.identity, 1);
    await until(() => endless.every((future) => future.running()));
    await pool.shutdown({ timeout: 20 });
    expect([...endless, queued].every((future) => future.done())).toBe(true);
    expect(await endsOf([...endless, queued])).not.toContain(1);
    await watch.allEnded();
  });

  it.each([2 ** 31, 30 * 24 * 3_600_000, Infinity, null])(
    "with a timeout of %s waits for the work",
    async (timeout) => {
      const pool = new Pool({ maxWorkers: 1 });
      const future = pool.submit(work.nameAfter, 30);
      await until(() => future.running());
      await pool.shutdown({ timeout });
      expect(await endsOf([future])).toEqual([expect.stringMatching(/^\d+\/\d+$/)]);
    },
  );

  it("POOL-03 a pool that was shut down is not revived by anything", async () => {
    using watch = workerWatch();
    const pool = new Pool({ maxWorkers: 1 });
    const scoped = pool.with({ timeout: 1000 });
    await pool.submit(work.identity, 1);
    await pool.shutdown();
    expect(() => pool.submit(work.identity, 1)).toThrow(UsageError);
    expect(() => scoped.submit(work.identity, 1)).toThrow(UsageError);
    expect(() => scoped.map(work.identity, [1])).toThrow(UsageError);
    expect(() => pool.starmap(work.add, [[1, 2]])).toThrow(UsageError);
    expect([watch.started, watch.alive]).toEqual([1, 0]);
  });
});

describe.each(POOLS)("stopping $kind at once", { tags: ["slow"] }, ({ Pool }) => {
  const stops = [
    ["terminateWorkers", (pool: Pool) => pool.terminateWorkers()],
    ["killWorkers", (pool: Pool) => pool.killWorkers()],
  ] as const;

  it.each(stops)("X-02 %s ends all workers, whatever they do, and every future", async (_, stop) => {
    using watch = workerWatch();
    const pool = new Pool({ maxWorkers: 2 });
    const endless = [pool.submit(work.spinForEver), pool.submit(work.spinForEver)];
    const queued = [1, 2, 3].map((value) => pool.submit(work.identity, value));
    await until(() => endless.every((future) => future.running()));
    stop(pool);
    const ends = await endsOf([...endless, ...queued]);
    expect(ends.every((end) => typeof end === "string" && end !== "")).toBe(true);
    await watch.allEnded();
  });

  it.each(stops)("X-02 %s leaves the pool unusable", async (_, stop) => {
    using watch = workerWatch();
    const pool = new Pool({ maxWorkers: 1 });
    await pool.submit(work.identity, 1);
    stop(pool);
    expect(() => pool.submit(work.identity, 1)).toThrow();
    stop(pool);
    await pool.shutdown();
    await watch.allEnded();
    expect(watch.started).toBe(1);
  });

  it.each(stops)("X-02 %s ends an iteration", async (_, stop) => {
    const pool = new Pool({ maxWorkers: 1 });
    const iterator = pool.map(work.spinForEver, [1, 2])[Symbol.asyncIterator]();
    const next = errorOf(iterator.next());
    await until(() => pool.statistics().atWorkers > 0);
    stop(pool);
    expect((await next).name).toMatch(/^(Broken\w+Pool|CancelledError)$/);
  });

  it.each(stops)("X-02 %s of a pool without workers does nothing but close it", async (_, stop) => {
    using watch = workerWatch();
    const pool = new Pool({ maxWorkers: 1 });
    stop(pool);
    await pool.shutdown();
    expect(watch.started).toBe(0);
    expect(() => pool.submit(work.identity, 1)).toThrow();
  });
});

it("a cancelled future of a pool throws the one CancelledError", { tags: ["slow"] }, async () => {
  const pool = new POOLS[0].Pool({ maxWorkers: 1 });
  const future = pool.submit(work.identity, 1);
  future.cancel();
  expect(await errorOf(future)).toBeInstanceOf(CancelledError);
  await pool.shutdown();
});
