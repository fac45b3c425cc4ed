/** Pools under an event loop: `runInExecutor`, `toThread`, tasks that wait for calls, and what cancelling those does to the calls. */
import { TimeoutError, asCompleted } from "@async/futures";
import { getRunningLoop } from "@async/loop";
import { errorOf, until, within, workerWatch } from "@async/test-kit";
import { TaskGroup, createTask, gather, run, shield, sleep, timeout, toThread, wait } from "@async/task";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { POOLS, type Pool, work } from "./pools-under-test.ts";

describe.each(POOLS)("a pool of $kind in a loop", { tags: ["slow"] }, ({ Pool }) => {
  let pool: Pool;
  beforeAll(() => {
    pool = new Pool({ maxWorkers: 2, cancelGrace: 10 });
  });
  afterAll(() => pool.shutdown({ timeout: 1000 }));

  const isIdle = () => pool.statistics().workers.every(({ state }) => state === "idle");

  it("runInExecutor runs a call on it", () =>
    run(async () => {
      expect(await getRunningLoop().runInExecutor(pool, work.linger, 1, 0)).toBe(1);
      const error = await errorOf(getRunningLoop().runInExecutor(pool, work.act, "throw a rich error"));
      expect(error).toMatchObject({ name: "TypeError", code: "E_RICH" });
    }));

  it("toThread runs on the default executor, which run shuts down at the end", async () => {
    using watch = workerWatch();
    const main = async () => {
      getRunningLoop().setDefaultExecutor(new Pool({ maxWorkers: 1 }));
      return await toThread(work.linger, 2, 0);
    };
    expect(await run(main)).toBe(2);
    await watch.allEnded();
    expect(watch.started).toBe(1);
  });

  it("a task that waits for a call, and is cancelled, cancels the call, and its worker is free again", () =>
    run(async () => {
      const future = pool.submit(work.act, "loop for ever");
      const task = createTask(async () => {
        await future;
      });
      await sleep(0); // Cancelled before its first step, it would wait for nothing.
      await until(() => future.running());
      task.cancel("enough");
      await errorOf(task);
      expect([task.cancelled(), future.cancelled(), future.cancelReason]).toEqual([true, true, "enough"]);
      const next = [1, 2, 3, 4].map((call) => pool.submit(work.linger, call, 0));
      expect(await gather(next)).toEqual([1, 2, 3, 4]);
    }));

  it("a task that waits by runInExecutor, and is cancelled, cancels the call too", () =>
    run(async () => {
      const call = getRunningLoop().runInExecutor(pool, work.act, "loop for ever");
      const task = createTask(async () => {
        await call;
      });
      await sleep(30);
      task.cancel();
      await errorOf(task);
      await within(
        5_000,
        until(() => isIdle()),
      );
      expect(task.cancelled()).toBe(true);
    }));

  it("a timeout around a call stops it", () =>
    run(async () => {
      const error = await errorOf(timeout(30, async () => await pool.submit(work.act, "loop for ever")));
      expect(error).toBeInstanceOf(TimeoutError);
      await within(
        5_000,
        until(() => isIdle()),
      );
    }));

  it("a group that fails stops the calls of its tasks", () =>
    run(async () => {
      const endless = pool.submit(work.act, "loop for ever");
      const group = TaskGroup.run(async (tasks) => {
        void tasks.createTask(async () => {
          await endless;
        });
        void tasks.createTask(async () => {
          await until(() => endless.running());
          throw new Error("no");
        });
      });
      await errorOf(group);
      expect(endless.cancelled()).toBe(true);
    }));

  it("shield keeps a call from the cancellation of its task", () =>
    run(async () => {
      const future = pool.submit(work.linger, 3, 20);
      const task = createTask(async () => await shield(future));
      await sleep(0);
      task.cancel();
      await errorOf(task);
      expect(await future).toBe(3);
    }));

  it("its futures go into gather, wait and asCompleted, beside tasks", () =>
    run(async () => {
      const mixed = [pool.submit(work.linger, 1, 0), createTask(() => sleep(1, 2))];
      expect(await gather(mixed)).toEqual([1, 2]);
      const futures = [pool.submit(work.linger, 1, 20), pool.submit(work.linger, 2, 0)];
      expect((await wait(futures)).pending.size).toBe(0);
      const results: number[] = [];
      for await (const done of asCompleted([createTask(() => sleep(2, 1)), pool.submit(work.linger, 2, 40)]))
        results.push(done.result());
      expect(results).toEqual([1, 2]);
    }));

  it("a map in a task that is cancelled ends, and so does what has not started", () =>
    run(async () => {
      const calls = Array.from({ length: 100 }, (_, call): [number, number] => [call, 20]);
      const results: number[] = [];
      const task = createTask(async () => {
        for await (const result of pool.starmap(work.linger, calls, { chunkSize: 1 })) results.push(result);
      });
      await until(() => results.length > 0);
      task.cancel();
      await errorOf(task);
      expect(task.cancelled()).toBe(true);
      await within(
        5_000,
        until(() => pool.statistics().pending === 0),
      );
      expect(results.length).toBeLessThan(calls.length);
    }));

  it("a loop goes on while the workers are busy", () =>
    run(async () => {
      let turns = 0;
      const future = pool.submit(work.linger, 1, 30);
      while (!future.done()) {
        await sleep(0);
        turns += 1;
      }
      expect(turns).toBeGreaterThan(10);
      expect(future.result()).toBe(1);
    }));
});
