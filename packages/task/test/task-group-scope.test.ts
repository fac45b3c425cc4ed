import { isCancelled } from "@async/futures";
import { getRunningLoop } from "@async/loop";
import { errorOf } from "@async/test-kit";
import { describe, expect, it } from "vitest";

import { TaskGroup, createTask, sleep, timeout } from "../src/index.ts";
import { onVirtualTime } from "./on-virtual-time.ts";
import { failAfter, groupOf, logged } from "./group-stage.ts";

describe("a group beside another await in the same task", () => {
  it("its failure interrupts its own body alone", () =>
    onVirtualTime(async (main) => {
      const log: string[] = [];
      const failing = TaskGroup.run(async (group) => {
        void group.createTask(failAfter(1, new Error("child")));
        await logged(log, "body", 100)();
      });
      const [group] = await Promise.all([groupOf(failing), logged(log, "beside", 50)()]);
      expect([group.errors, log, main.cancelling()]).toEqual([
        [new Error("child")],
        ["body CancelledError", "beside done"],
        0,
      ]);
    }));

  it("its cancel() interrupts its own body alone", () =>
    onVirtualTime(async () => {
      const log: string[] = [];
      const cancelled = TaskGroup.run(async (group) => {
        getRunningLoop().callLater(1, () => group.cancel());
        await logged(log, "body", 100)();
      });
      await Promise.all([cancelled, logged(log, "beside", 50)()]);
      expect(log).toEqual(["body CancelledError", "beside done"]);
    }));

  it("a timeout around it reaches it, and not what is beside the timeout", () =>
    onVirtualTime(async () => {
      const log: string[] = [];
      const limited = timeout(10, () =>
        TaskGroup.run((group) => {
          void group.createTask(logged(log, "child", 100));
        }),
      );
      await Promise.all([errorOf(limited), logged(log, "beside", 50)()]);
      expect(log).toEqual(["child CancelledError", "beside done"]);
    }));

  it("errors hide a cancellation from outside, which the owner gets at its next await", () =>
    onVirtualTime(async () => {
      const log: string[] = [];
      const owner = createTask(async () => {
        const group = await groupOf(
          TaskGroup.run(async (group) => {
            void group.createTask(() => sleep(100).catch(() => Promise.reject(new Error("child"))));
          }),
        );
        log.push(group.message);
        await logged(log, "next await", 100)();
      });
      await sleep(1);
      owner.cancel();
      expect(isCancelled(await errorOf(owner))).toBe(true);
      expect(log).toEqual(["unhandled errors in a TaskGroup (1 error)", "next await CancelledError"]);
    }));
});
