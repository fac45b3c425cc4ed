import { EventLoop, getEventLoop, getRunningLoop } from "@async/loop";
import { describe, expect, it } from "vitest";

import { allTasks, createTask, currentTask, gather, sleep, timeout } from "../src/index.ts";
import { onVirtualTime } from "./on-virtual-time.ts";

describe("currentTask", () => {
  it("TASK-07 is the running task, also while tasks take turns", () =>
    onVirtualTime(async () => {
      const log: string[] = [];
      const worker = async () => {
        for (const step of [1, 2]) {
          log.push(`${currentTask()?.name} ${step}`);
          await sleep(0);
        }
      };
      await gather([createTask(worker, { name: "a" }), createTask(worker, { name: "b" })]);
      expect(log).toEqual(["a 1", "b 1", "a 2", "b 2"]);
    }));

  it("TASK-07 is null outside of tasks", () => {
    expect(currentTask()).toBeNull();
  });

  it("is null in callbacks of the loop and of futures, and after their awaits", () =>
    onVirtualTime(async () => {
      const loop = getRunningLoop();
      const log: unknown[] = [];
      const future = loop.createFuture();
      loop.callSoon(() => log.push(["callSoon", currentTask()]));
      loop.callLater(1, async () => {
        await sleep(1);
        log.push(["callLater, after an await", currentTask()]);
      });
      future.addDoneCallback(() => log.push(["addDoneCallback", currentTask()]));
      future.setResult(null);
      await sleep(5);
      expect(log).toEqual([
        ["callSoon", null],
        ["addDoneCallback", null],
        ["callLater, after an await", null],
      ]);
    }));

  it("is the task in the callbacks of host timers that it set", () =>
    onVirtualTime(async (main) => {
      const { promise, resolve } = Promise.withResolvers();
      let seen: unknown;
      setImmediate(() => {
        seen = currentTask();
        resolve(null);
      });
      await promise;
      expect(seen).toBe(main);
    }));

  it("is the task in the block of a timeout", () =>
    onVirtualTime(async (main) => {
      expect(await timeout(10, async () => (await sleep(1), currentTask() === main))).toBe(true);
    }));

  it("is null in an async function that has outlived its task", () =>
    onVirtualTime(async () => {
      const log: unknown[] = [];
      const outliving = async () => {
        log.push(currentTask()?.name);
        await sleep(1);
        log.push(currentTask());
      };
      await createTask(() => void outliving(), { name: "creator" });
      await sleep(5);
      expect(log).toEqual(["creator", null]);
    }));

  it("counts a task of the loop that is asked for, and no other", () =>
    onVirtualTime(async (main) => {
      expect([currentTask(getRunningLoop()) === main, currentTask(getEventLoop()) === main]).toEqual([
        true,
        true,
      ]);
      expect(currentTask(new EventLoop())).toBeNull();
    }));
});

describe("allTasks", () => {
  it("TASK-08 lists only the tasks that are not done, oldest first", () =>
    onVirtualTime(async (main) => {
      const quick = createTask(() => sleep(1));
      const slow = createTask(() => sleep(10));
      expect(allTasks()).toEqual(new Set([main, quick, slow]));
      await sleep(5);
      expect(allTasks()).toEqual(new Set([main, slow]));
    }));

  it("TASK-08 lists those of one loop", () =>
    onVirtualTime(async () => {
      const other = new EventLoop();
      const there = createTask(() => 1, { loop: other });
      expect([allTasks(other).has(there), allTasks().has(there)]).toEqual([true, false]);
      other.close();
    }));

  it("gives a set of the caller's own", () =>
    onVirtualTime(async (main) => {
      allTasks().clear();
      expect(allTasks().has(main as never)).toBe(true);
    }));
});
