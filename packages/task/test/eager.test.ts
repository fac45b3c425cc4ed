import type { CancelledError } from "@async/futures";
import { getRunningLoop } from "@async/loop";
import { errorOf } from "@async/test-kit";
import { describe, expect, it } from "vitest";

import { allTasks, createTask, currentTask, sleep } from "../src/index.ts";
import { onVirtualTime } from "./on-virtual-time.ts";

describe("an eager task", () => {
  it("EAGER-01 runs inside createTask up to its first suspension", () =>
    onVirtualTime(async () => {
      const log: string[] = [];
      const task = createTask(
        async () => {
          log.push("first step");
          await sleep(0);
          log.push("second step");
        },
        { eager: true },
      );
      log.push("created");
      await task;
      expect(log).toEqual(["first step", "created", "second step"]);
    }));

  it("EAGER-01 of a function that is not async is done on return", () =>
    onVirtualTime(async () => {
      const task = createTask(() => 42, { eager: true });
      expect([task.done(), task.result()]).toEqual([true, 42]);
    }));

  it("EAGER-01 of an async function that never suspends is done after the microtasks, with no turn of the loop", () =>
    onVirtualTime(async () => {
      const log: string[] = [];
      getRunningLoop().callSoon(() => log.push("turn"));
      const task = createTask(async () => 42, { eager: true });
      log.push(`on return: ${task.done()}`);
      await task;
      log.push("done");
      await sleep(0);
      expect(log).toEqual(["on return: false", "done", "turn"]);
    }));

  it("EAGER-02 is the current task during its eager step, and its creator is again after it", () =>
    onVirtualTime(async (main) => {
      const log: unknown[] = [];
      const task = createTask(
        async () => {
          log.push(currentTask()?.name);
          await sleep(0);
          log.push(currentTask()?.name);
        },
        { eager: true, name: "eager" },
      );
      log.push(currentTask() === main);
      await task;
      log.push(currentTask() === main);
      expect(log).toEqual(["eager", true, "eager", true]);
    }));

  it("EAGER-03 is in allTasks() during its eager step, and no more after its eager end", () =>
    onVirtualTime(async () => {
      let during: boolean | undefined;
      const task = createTask(
        (self) => {
          during = allTasks().has(self);
        },
        { eager: true },
      );
      expect([during, allTasks().has(task)]).toEqual([true, false]);
    }));

  it("EAGER-04 cannot be cancelled after its eager end", () =>
    onVirtualTime(async () => {
      const task = createTask(() => "done", { eager: true });
      expect([task.cancel(), await task]).toEqual([false, "done"]);
    }));

  it("EAGER-04 is cancelled with its reason after an eager step that blocked", () =>
    onVirtualTime(async () => {
      const log: string[] = [];
      const task = createTask(
        async () => {
          try {
            await sleep(100);
          } finally {
            log.push("cleaned up");
          }
        },
        { eager: true },
      );
      task.cancel("enough");
      const error = (await errorOf(task)) as CancelledError;
      expect([log, error.reason]).toEqual([["cleaned up"], "enough"]);
    }));

  it("X-06 is chosen by each call", () =>
    onVirtualTime(async () => {
      const log: string[] = [];
      void createTask(() => log.push("lazy"), { eager: false });
      void createTask(() => log.push("eager"), { eager: true });
      void createTask(() => log.push("default"));
      log.push("created");
      await sleep(0);
      expect(log).toEqual(["eager", "created", "lazy", "default"]);
    }));
});
