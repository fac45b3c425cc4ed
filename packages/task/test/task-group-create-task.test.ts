import { AsyncLocalStorage } from "node:async_hooks";

import { UsageError } from "@async/futures";
import { getRunningLoop } from "@async/loop";
import { errorOf } from "@async/test-kit";
import { describe, expect, it } from "vitest";

import { TaskGroup, sleep } from "../src/index.ts";
import { onVirtualTime, recordReports, virtualLoop } from "./on-virtual-time.ts";
import { failAfter, groupOf, logged } from "./group-stage.ts";

describe("TaskGroup.createTask", () => {
  it("TGRP-13 forgets children that have ended", () =>
    onVirtualTime(async () => {
      await TaskGroup.run(async (group) => {
        for (let round = 0; round < 100; round += 1) await group.createTask(() => sleep(1));
        await sleep(0);
        expect(String(group)).toBe("<TaskGroup>");
      });
    }));

  it("TGRP-14 may be called by a child, also when the body has ended", () =>
    onVirtualTime(async () => {
      const log: string[] = [];
      await TaskGroup.run(async (group) => {
        void group.createTask(async () => {
          await sleep(5);
          void group.createTask(logged(log, "grandchild", 5));
          log.push("child done");
        });
        log.push("body done");
      });
      expect(log).toEqual(["body done", "child done", "grandchild done"]);
    }));

  it("TGRP-15 is refused once the group is aborting: a child that keeps spawning cannot keep it alive", () =>
    onVirtualTime(async () => {
      const log: string[] = [];
      const group = await groupOf(
        TaskGroup.run(async (group) => {
          void group.createTask(async () => {
            for (;;) {
              try {
                await sleep(10);
              } catch {
                void group.createTask(() => log.push("ran"));
              }
            }
          });
          await sleep(1);
          throw new Error("body");
        }),
      );
      expect([log, group.errors.map(String)]).toEqual([
        [],
        ["UsageError: The task group is shutting down and takes no more tasks", "Error: body"],
      ]);
    }));

  it("TGRP-16 is refused after the end, and the function is not run", () =>
    onVirtualTime(async () => {
      const log: string[] = [];
      const group = await TaskGroup.run((group) => group);
      expect(() => group.createTask(() => log.push("ran"))).toThrow(
        new UsageError("The task group has ended and takes no more tasks; start a new one"),
      );
      await sleep(1);
      expect(log).toEqual([]);
    }));

  it("TGRP-16 is refused after the end of a group that failed", () =>
    onVirtualTime(async () => {
      let group: TaskGroup | undefined;
      await errorOf(
        TaskGroup.run((it) => {
          group = it;
          throw new Error("body");
        }),
      );
      expect(() => group!.createTask(() => 1)).toThrow(UsageError);
    }));

  it("refuses a promise", () =>
    onVirtualTime(async () => {
      await TaskGroup.run((group) => {
        expect(() => group.createTask(sleep(1) as never)).toThrow(TypeError);
      });
    }));

  it("TGRP-22 hands the name and the caller's context to the child", () =>
    onVirtualTime(async () => {
      const storage = new AsyncLocalStorage<string>();
      await TaskGroup.run(async (group) => {
        const child = storage.run("caller's", () =>
          group.createTask((task) => `${task.name} ${storage.getStore()}`, { name: "named" }),
        );
        expect(await child).toBe("named caller's");
      });
    }));

  it("a child that fails eagerly fails the group", () =>
    onVirtualTime(async () => {
      const group = await groupOf(
        TaskGroup.run(async (group) => {
          void group.createTask(
            () => {
              throw new RangeError("at once");
            },
            { eager: true },
          );
          await sleep(100);
        }),
      );
      expect([group.errors, getRunningLoop().time()]).toEqual([[new RangeError("at once")], 0]);
    }));

  it("counts a child's error as seen", async () => {
    const loop = virtualLoop();
    const reports = recordReports(loop);
    await onVirtualTime(async () => {
      await groupOf(
        TaskGroup.run(async (group) => {
          void group.createTask(failAfter(1, new Error("a")));
          void group.createTask(failAfter(1, new Error("b")));
        }),
      );
    }, loop);
    expect(reports).toEqual([]);
  });
});
