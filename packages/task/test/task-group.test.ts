import { Future, UsageError, isCancelled } from "@async/futures";
import { getRunningLoop } from "@async/loop";
import { errorOf } from "@async/test-kit";
import { describe, expect, it } from "vitest";

import { TaskGroup, allTasks, createTask, currentTask, sleep } from "../src/index.ts";
import { onVirtualTime } from "./on-virtual-time.ts";
import { failAfter, groupOf, logged } from "./group-stage.ts";

describe("TaskGroup.run", () => {
  it("TGRP-01 waits for all children, also those added late, and gives what the body returned", () =>
    onVirtualTime(async () => {
      const log: string[] = [];
      const result = await TaskGroup.run(async (group) => {
        void group.createTask(logged(log, "a", 20));
        await sleep(5);
        void group.createTask(logged(log, "late", 5));
        log.push("body done");
        return "result";
      });
      log.push(result);
      expect(log).toEqual(["body done", "late done", "a done", "result"]);
    }));

  it("TGRP-02 a child cancelled by itself is no failure and does not disturb the others", () =>
    onVirtualTime(async () => {
      const log: string[] = [];
      await TaskGroup.run(async (group) => {
        const child = group.createTask(logged(log, "a", 10));
        void group.createTask(logged(log, "b", 20));
        await sleep(1);
        child.cancel();
      });
      expect(log).toEqual(["a CancelledError", "b done"]);
    }));

  it("TGRP-04 cancelling the owner cancels all children, waits for them, and throws CancelledError", () =>
    onVirtualTime(async () => {
      const log: string[] = [];
      const owner = createTask(async () => {
        await TaskGroup.run(async (group) => {
          void group.createTask(() => sleep(100).finally(() => logged(log, "clean-up", 5)()));
          void group.createTask(logged(log, "b", 100));
        });
        log.push("after the group");
      });
      await sleep(10);
      owner.cancel();
      await errorOf(owner);
      expect([owner.cancelled(), log, getRunningLoop().time()]).toEqual([
        true,
        ["b CancelledError", "clean-up done"],
        15,
      ]);
    }));

  it("TGRP-04 a second cancellation of the owner while it waits for the children does not make it leave them", () =>
    onVirtualTime(async () => {
      const log: string[] = [];
      const owner = createTask(() =>
        TaskGroup.run(async (group) => {
          void group.createTask(() => sleep(100).finally(() => logged(log, "clean-up", 20)()));
        }),
      );
      await sleep(10);
      owner.cancel();
      await sleep(5);
      owner.cancel();
      await errorOf(owner);
      expect([log, owner.cancelled()]).toEqual([["clean-up done"], true]);
    }));

  it("TGRP-17 outside of a task gets a task of its own", async () => {
    const name = await TaskGroup.run(async (group) => {
      const child = group.createTask(() => sleep(1, "child"));
      return [currentTask() !== null, await child];
    });
    expect([name, currentTask()]).toEqual([[true, "child"], null]);
  });

  it("TGRP-17 cannot be made, and so not be entered twice, but by run", () =>
    onVirtualTime(async () => {
      expect(() => Reflect.construct(TaskGroup, []) as TaskGroup).toThrow(UsageError);
    }));

  it.each([[42], [undefined], [Promise.resolve()]])("refuses %s, which is no function", async (body) => {
    const error = await errorOf(TaskGroup.run(body as never));
    expect(error).toBeInstanceOf(TypeError);
    expect(error.message).toMatch(
      /^TaskGroup.run takes a function, got .*; write TaskGroup.run\(async \(group\) => ...\)$/,
    );
  });

  it("takes a body that is not async", () =>
    onVirtualTime(async () => {
      expect(await TaskGroup.run(() => 42)).toBe(42);
      expect(
        (
          await groupOf(
            TaskGroup.run(() => {
              throw new RangeError("at once");
            }),
          )
        ).errors,
      ).toEqual([new RangeError("at once")]);
    }));

  it("EAGER-06 of children that are done already takes no turn of the loop", () =>
    onVirtualTime(async () => {
      const log: string[] = [];
      getRunningLoop().callSoon(() => log.push("turn"));
      await TaskGroup.run((group) => {
        for (const n of [1, 2, 3]) void group.createTask(() => log.push(`child ${n}`), { eager: true });
      });
      log.push("group done");
      await sleep(0);
      expect(log).toEqual(["child 1", "child 2", "child 3", "group done", "turn"]);
    }));

  it("leaves nothing behind on the loop", () =>
    onVirtualTime(async (main) => {
      await TaskGroup.run(async (group) => {
        for (const n of [1, 2, 3]) void group.createTask(() => sleep(n));
      });
      expect([[...allTasks()], getRunningLoop().isIdle()]).toEqual([[main], true]);
    }));
});

describe("what a group shows", () => {
  it("its text has the number of tasks and errors, and says when it is cancelling", () =>
    onVirtualTime(async () => {
      const log: string[] = [];
      await errorOf(
        TaskGroup.run(async (group) => {
          log.push(String(group));
          void group.createTask(() => new Future());
          void group.createTask(failAfter(1, new Error("child")));
          log.push(String(group));
          await errorOf(sleep(100));
          log.push(String(group));
        }),
      );
      expect(log).toEqual(["<TaskGroup>", "<TaskGroup tasks=2>", "<TaskGroup tasks=1 errors=1 cancelling>"]);
    }));

  it("its signal aborts when it fails", () =>
    onVirtualTime(async () => {
      const log: unknown[] = [];
      await errorOf(
        TaskGroup.run(async (group) => {
          const { signal } = group;
          void group.createTask(failAfter(1, new Error("child")));
          await errorOf(sleep(100));
          log.push(signal.aborted, isCancelled(signal.reason));
        }),
      );
      expect(log).toEqual([true, true]);
    }));
});
