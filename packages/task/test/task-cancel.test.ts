import type { CancelledError } from "@async/futures";
import { Future, isCancelled } from "@async/futures";
import { getRunningLoop } from "@async/loop";
import { errorOf } from "@async/test-kit";
import { describe, expect, it } from "vitest";

import { type Task, createTask, currentTask, sleep } from "../src/index.ts";
import { onVirtualTime, recordReports, virtualLoop } from "./on-virtual-time.ts";

const forever = () => new Future();

describe("Task.cancel", () => {
  it("TASK-09 never runs the body of a task cancelled before its first step", () =>
    onVirtualTime(async () => {
      const log: string[] = [];
      const task = createTask(() => log.push("body"));
      task.cancel("changed my mind");
      const error = (await errorOf(task)) as CancelledError;
      expect([log, task.cancelled(), error.reason]).toEqual([[], true, "changed my mind"]);
    }));

  it("TASK-10 counts the requests, and the task is cancelled only when its body has ended", () =>
    onVirtualTime(async () => {
      const log: unknown[] = [];
      const task = createTask(async () => {
        try {
          await sleep(100);
        } finally {
          log.push(["in clean-up", task.cancelled()]);
        }
      });
      await sleep(0);
      const note = () => log.push([task.cancelling(), task.cancelled()]);
      note();
      log.push(task.cancel());
      note();
      log.push(task.cancel());
      note();
      await errorOf(task);
      log.push(["after", task.cancelled()]);
      expect(log).toEqual([
        [0, false],
        true,
        [1, false],
        true,
        [2, false],
        ["in clean-up", false],
        ["after", true],
      ]);
    }));

  it("TASK-11 cancels the future that the task waits on, and passes through nested calls", () =>
    onVirtualTime(async () => {
      const log: string[] = [];
      const future = forever();
      const layer = async (name: string, inner: () => PromiseLike<unknown>) => {
        try {
          await inner();
        } finally {
          log.push(name);
        }
      };
      const task = createTask(() =>
        layer("outer", () => layer("middle", () => layer("inner", () => future))),
      );
      await sleep(0);
      task.cancel();
      await errorOf(task);
      expect([future.cancelled(), task.cancelled(), log]).toEqual([true, true, ["inner", "middle", "outer"]]);
    }));

  it("TASK-12 is not needed when somebody else cancels the awaited future: the task ends cancelled too", () =>
    onVirtualTime(async () => {
      const future = forever();
      const task = createTask(async () => await future);
      await sleep(0);
      future.cancel();
      await errorOf(task);
      expect([task.cancelled(), task.cancelling()]).toEqual([true, 0]);
    }));

  it("TASK-14 may be refused: a body that catches it and returns has finished", () =>
    onVirtualTime(async () => {
      const task = createTask(async () => {
        try {
          return await sleep(100, "undisturbed");
        } catch (error) {
          return isCancelled(error);
        }
      });
      await sleep(0);
      task.cancel();
      expect([await task, task.cancelled()]).toEqual([true, false]);
    }));

  it("TASK-16 of a task by itself is thrown at its next await, at once", () =>
    onVirtualTime(async () => {
      const loop = getRunningLoop();
      const log: unknown[] = [];
      const task = createTask(async (self) => {
        self.cancel();
        log.push("goes on");
        try {
          await sleep(1000);
        } finally {
          log.push(["interrupted", loop.time()]);
        }
      });
      await errorOf(task);
      expect([log, task.cancelled()]).toEqual([["goes on", ["interrupted", 0]], true]);
    }));

  it("right before a body that awaits no more ends it cancelled all the same", () =>
    onVirtualTime(async () => {
      const task = createTask((self) => {
        self.cancel("late");
        return 1;
      });
      const error = (await errorOf(task)) as CancelledError;
      expect([task.cancelled(), error.reason]).toEqual([true, "late"]);
    }));

  it("returns false once the task is done", () =>
    onVirtualTime(async () => {
      const task = createTask(() => 1);
      await task;
      expect([task.cancel(), task.cancelled()]).toEqual([false, false]);
    }));

  it.each([["a string"], [42], [{ any: "value" }], [null]])(
    "TASK-23 shows the reason %j to the awaiter, to result() and to exception()",
    (reason) =>
      onVirtualTime(async () => {
        const tasks = [1, 2, 3].map(() => createTask(() => sleep(1000)));
        await sleep(0);
        for (const task of tasks) task.cancel(reason);
        await sleep(1);
        const [awaited, asked, inspected] = tasks as [Task, Task, Task];
        const seen = [
          await errorOf(awaited),
          await errorOf(() => asked.result()),
          await errorOf(() => inspected.exception()),
        ];
        expect(seen.map((error) => (error as CancelledError).reason)).toEqual([reason, reason, reason]);
        expect(awaited.cancelReason).toEqual(reason);
      }),
  );

  it("TASK-24 stays, once, the cause of an error that it led to", () =>
    onVirtualTime(async () => {
      const task = createTask(async () => {
        try {
          await sleep(100);
        } catch {
          throw new Error("clean-up failed");
        }
      });
      await sleep(0);
      task.cancel("stop");
      const error = await errorOf(task);
      const cause = error.cause as CancelledError;
      expect([error.message, isCancelled(cause), cause.reason, cause.cause]).toEqual([
        "clean-up failed",
        true,
        "stop",
        undefined,
      ]);
    }));

  it("TASK-24 leaves a cause alone that the error has", () =>
    onVirtualTime(async () => {
      const task = createTask(async () => {
        try {
          await sleep(100);
        } catch (error) {
          throw new Error("clean-up failed", { cause: error });
        }
      });
      await sleep(0);
      task.cancel("stop");
      const { cause } = await errorOf(task);
      expect([(cause as CancelledError).reason, (cause as CancelledError).cause]).toEqual([
        "stop",
        undefined,
      ]);
    }));

  it("TASK-25 loses against another error thrown while unwinding: the task has failed", () =>
    onVirtualTime(async () => {
      const thrown = new RangeError("while unwinding");
      const task = createTask(async () => {
        try {
          await sleep(100);
        } finally {
          // eslint-disable-next-line no-unsafe-finally -- that is the point
          throw thrown;
        }
      });
      await sleep(0);
      task.cancel();
      expect(await errorOf(task)).toBe(thrown);
      expect(task.cancelled()).toBe(false);
    }));

  it("TASK-26 of a task that has failed withdraws the report of its failure", async () => {
    const loop = virtualLoop();
    const reports = recordReports(loop);
    await onVirtualTime(async () => {
      const fail = () => Promise.reject(new Error("unseen"));
      const tasks = ["left alone", "cancelled"].map((name) => createTask(fail, { name }));
      await sleep(1);
      expect(tasks[1]!.cancel()).toBe(false);
    }, loop);
    expect(reports).toEqual(["Task 'left alone' exception was never retrieved"]);
  });

  it("reaches every await that is open in the task", () =>
    onVirtualTime(async () => {
      const log: string[] = [];
      const part = async (name: string) => {
        try {
          await sleep(100);
        } finally {
          log.push(name);
        }
      };
      const task = createTask(() => Promise.allSettled([part("left"), part("right")]));
      await sleep(0);
      task.cancel();
      await task;
      expect(log).toEqual(["left", "right"]);
    }));

  it("does not cancel a future whose `then` the task only called", () =>
    onVirtualTime(async () => {
      const future = forever();
      const task = createTask(async () => {
        void future.then(() => {});
        await sleep(100);
      });
      await sleep(0);
      task.cancel();
      await errorOf(task);
      expect(future.done()).toBe(false);
    }));

  it("does not reach what the task left behind when it ended", () =>
    onVirtualTime(async () => {
      const log: string[] = [];
      const task = createTask(async () => {
        void sleep(10).then(() => log.push(`outlived, ${String(currentTask())}`));
      });
      await task;
      expect(task.cancel()).toBe(false);
      await sleep(20);
      expect(log).toEqual(["outlived, null"]);
    }));
});
