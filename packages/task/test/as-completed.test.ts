import { Future, TimeoutError, UsageError } from "@async/futures";
import { getRunningLoop } from "@async/loop";
import { errorOf } from "@async/test-kit";
import { describe, expect, it } from "vitest";

import { Task, asCompleted, captureCallGraph, createTask, sleep } from "../src/index.ts";
import { onVirtualTime } from "./on-virtual-time.ts";

const sleeper = (delay: number) => createTask(() => sleep(delay, delay));

describe("asCompleted", () => {
  it("ACMP-01 gives them in the order in which they end", () =>
    onVirtualTime(async () => {
      const log: number[] = [];
      for await (const task of asCompleted([sleeper(3), sleeper(1), sleeper(2)])) log.push(task.result());
      for (const outcome of asCompleted([sleeper(3), sleeper(1), sleeper(2)])) log.push(await outcome);
      expect(log).toEqual([1, 2, 3, 1, 2, 3]);
    }));

  it("ACMP-01 gives the same one once", () =>
    onVirtualTime(async () => {
      let calls = 0;
      const twice = async () => ++calls;
      const [task, log] = [sleeper(1), [] as unknown[]];
      for await (const done of asCompleted([twice, task, twice, task])) log.push(done.result());
      expect(log).toEqual([1, 1]);
    }));

  it("ACMP-01 refuses a single future, and says how to write it", () => {
    expect(() => asCompleted(new Future() as never)).toThrow(
      new TypeError("asCompleted takes a list of awaitables, got <Future pending>; put them into [ ]"),
    );
  });

  it.each([[null], [undefined], [42]])("refuses %s in place of a list", (list) => {
    expect(() => asCompleted(list as never)).toThrow(/^asCompleted takes a list of awaitables, got /);
  });

  it("refuses what cannot be awaited before anything has started", () =>
    onVirtualTime(async () => {
      const log: string[] = [];
      expect(() => asCompleted([() => log.push("ran"), 42 as never])).toThrow(TypeError);
      await sleep(1);
      expect(log).toEqual([]);
    }));

  it("refuses a timeout that is NaN before anything has started", () =>
    onVirtualTime(async () => {
      const log: string[] = [];
      expect(() => asCompleted([() => log.push("ran")], { timeout: NaN })).toThrow(UsageError);
      await sleep(1);
      expect(log).toEqual([]);
    }));

  it("of nothing ends at once", () =>
    onVirtualTime(async () => {
      const log: unknown[] = [];
      for await (const future of asCompleted([])) log.push(future);
      expect(log).toEqual([]);
    }));

  it("ACMP-02 async iteration yields the very tasks and futures given, and new tasks for functions", () =>
    onVirtualTime(async () => {
      const given = [sleeper(1), getRunningLoop().createFuture<number>()] as const;
      getRunningLoop().callLater(2, () => given[1].setResult(2));
      const seen: Future[] = [];
      for await (const future of asCompleted([...given, () => sleep(3, 3)])) seen.push(future);
      expect([seen[0] === (given[0] as Future), seen[1] === given[1], seen[2] instanceof Task]).toEqual([
        true,
        true,
        true,
      ]);
    }));

  it("ACMP-03 on a timeout async iteration throws TimeoutError, and the tasks go on", () =>
    onVirtualTime(async () => {
      const slow = sleeper(100);
      const log: unknown[] = [];
      const error = await errorOf(async () => {
        for await (const task of asCompleted([sleeper(1), slow], { timeout: 10 })) log.push(task.result());
      });
      expect([log, error, await slow]).toEqual([[1], new TimeoutError("1 (of 2) futures unfinished"), 100]);
    }));

  it("ACMP-03 on a timeout each awaitable that is left throws TimeoutError", () =>
    onVirtualTime(async () => {
      const log: unknown[] = [];
      for (const outcome of asCompleted([sleeper(1), sleeper(100), sleeper(200)], { timeout: 10 })) {
        log.push(await Promise.resolve(outcome).catch((error: unknown) => (error as Error).name));
      }
      expect([log, getRunningLoop().time()]).toEqual([[1, "TimeoutError", "TimeoutError"], 10]);
    }));

  it("with a timeout of 0 first yields all that are done already", () =>
    onVirtualTime(async () => {
      const done = getRunningLoop().createFuture<number>();
      done.setResult(1);
      const log: unknown[] = [];
      const error = await errorOf(async () => {
        for await (const future of asCompleted([done, sleeper(5)], { timeout: 0 })) log.push(future.result());
      });
      expect([log, error.name]).toEqual([[1], "TimeoutError"]);
    }));

  it("ACMP-04 cancels its timer when all have ended in time", () =>
    onVirtualTime(async () => {
      const loop = getRunningLoop();
      for await (const task of asCompleted([sleeper(1)], { timeout: 1000 })) task.result();
      expect([loop.isIdle(), loop.time()]).toEqual([true, 1]);
    }));

  it("ACMP-05 goes on where it stopped when it is iterated again", () =>
    onVirtualTime(async () => {
      const completions = asCompleted([sleeper(3), sleeper(1), sleeper(2)]);
      const log: unknown[] = [];
      for await (const task of completions) {
        log.push(task.result());
        break;
      }
      for (const outcome of completions) {
        log.push(await outcome);
        break;
      }
      for await (const task of completions) log.push(task.result());
      expect(log).toEqual([1, 2, 3]);
    }));

  it("X-04 records its consumer as the one who waits, in the call graph", () =>
    onVirtualTime(async () => {
      const task = sleeper(10);
      const consumer = createTask(async () => {
        for await (const each of asCompleted([task])) each.result();
      });
      await sleep(0);
      expect(captureCallGraph(task as Future).awaitedBy.map(({ future }) => future)).toEqual([consumer]);
      await consumer;
    }));
});
