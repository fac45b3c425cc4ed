import { Future } from "@async/futures";
import { getRunningLoop } from "@async/loop";
import { errorOf } from "@async/test-kit";
import { describe, expect, it } from "vitest";

import { TaskGroup, createTask, sleep, timeout } from "../src/index.ts";
import { onVirtualTime } from "./on-virtual-time.ts";
import { groupOf, logged } from "./group-stage.ts";

describe("TaskGroup.cancel", () => {
  it("X-05 cancels the body and the children, and the block ends without an error", () =>
    onVirtualTime(async (main) => {
      const log: string[] = [];
      await TaskGroup.run(async (group) => {
        void group.createTask(logged(log, "child", 100));
        getRunningLoop().callLater(5, () => group.cancel());
        await logged(log, "body", 100)();
      });
      await sleep(1);
      expect([log.toSorted(), main.cancelling()]).toEqual([
        ["body CancelledError", "child CancelledError"],
        0,
      ]);
    }));

  it("X-05 may be called by a child, and again", () =>
    onVirtualTime(async () => {
      const log: string[] = [];
      await TaskGroup.run(async (group) => {
        void group.createTask(logged(log, "other", 100));
        void group.createTask(async () => {
          await sleep(1);
          group.cancel();
          group.cancel();
        });
      });
      expect(log).toEqual(["other CancelledError"]);
    }));

  it("X-05 errors thrown meanwhile still come out in a group", () =>
    onVirtualTime(async () => {
      const thrown = new RangeError("clean-up failed");
      const group = await groupOf(
        TaskGroup.run(async (group) => {
          void group.createTask(() => sleep(100).catch(() => Promise.reject(thrown)));
          await sleep(1);
          group.cancel();
        }),
      );
      expect(group.errors).toEqual([thrown]);
    }));

  it.each(["while the body waits", "while the group waits for the children"])(
    "X-05 does not eat a cancellation from outside that comes %s",
    (when) =>
      onVirtualTime(async () => {
        const owner = createTask(() =>
          TaskGroup.run(async (group) => {
            void group.createTask(() => sleep(100).finally(() => sleep(10)));
            await sleep(1);
            group.cancel();
            if (when === "while the body waits") await sleep(100).finally(() => sleep(10));
          }),
        );
        await sleep(5);
        owner.cancel();
        await errorOf(owner);
        expect(owner.cancelled()).toBe(true);
      }),
  );

  it.each(["while the body waits", "while the group waits for the children"])(
    "X-05 does not eat a timeout from outside that comes %s",
    (when) =>
      onVirtualTime(async () => {
        const limited = timeout(5, () =>
          TaskGroup.run(async (group) => {
            void group.createTask(() => sleep(100).finally(() => sleep(10)));
            await sleep(1);
            group.cancel();
            if (when === "while the body waits") await sleep(100).finally(() => sleep(10));
          }),
        );
        expect((await errorOf(limited)).name).toBe("TimeoutError");
      }),
  );

  it("X-05 after the end does nothing", () =>
    onVirtualTime(async (main) => {
      const group = await TaskGroup.run((group) => group);
      group.cancel();
      await sleep(1);
      expect(main.cancelling()).toBe(0);
    }));

  it("leaves each child as many requests as CPython does: its own, and one from each that waits for it", () =>
    onVirtualTime(async () => {
      const counts: number[] = [];
      await TaskGroup.run(async (group) => {
        let awaited: PromiseLike<unknown> = new Future();
        for (let child = 0; child < 4; child += 1) {
          const inner = awaited;
          awaited = group.createTask(async (task) => {
            try {
              await inner;
            } finally {
              counts.push(task.cancelling());
            }
          });
        }
        await sleep(1);
        group.cancel();
      });
      expect(counts).toEqual([4, 3, 2, 1]);
    }));
});
