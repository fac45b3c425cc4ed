import { TimeoutError, isCancelled } from "@async/futures";
import { getRunningLoop } from "@async/loop";
import { errorOf } from "@async/test-kit";
import { describe, expect, it } from "vitest";

import { createTask, sleep } from "../src/index.ts";
import { onVirtualTime } from "./on-virtual-time.ts";

describe("Task.uncancel", () => {
  it("TASK-21 returns the requests that are left, never fewer than none", () =>
    onVirtualTime(async () => {
      const log: number[] = [];
      const task = createTask(async () => {
        await errorOf(sleep(100));
        log.push(task.uncancel(), task.uncancel(), task.uncancel(), task.cancelling());
      });
      await sleep(0);
      task.cancel();
      task.cancel();
      await task;
      expect(log).toEqual([1, 0, 0, 0]);
    }));

  it("takes back a request that was not thrown yet", () =>
    onVirtualTime(async () => {
      const task = createTask(async (self) => {
        self.cancel();
        self.uncancel();
        return await sleep(1, "undisturbed");
      });
      expect(await task).toBe("undisturbed");
    }));

  it("TASK-22 lets a block with a timer of its own cancel, uncancel and convert, and leaves what follows alone", () =>
    onVirtualTime(async (self) => {
      const loop = getRunningLoop();
      const withDeadline = async (delay: number, body: () => Promise<void>) => {
        const before = self.cancelling();
        const limit = { isOver: false };
        const timer = loop.callLater(delay, () => {
          limit.isOver = true;
          self.cancel();
        });
        try {
          await body();
        } catch (error) {
          if (limit.isOver && isCancelled(error) && self.uncancel() <= before)
            throw new TimeoutError("over", { cause: error });
          throw error;
        } finally {
          timer.cancel();
        }
      };
      const error = await errorOf(withDeadline(10, () => sleep(100)));
      await sleep(50);
      expect([error instanceof TimeoutError, self.cancelling(), loop.time()]).toEqual([true, 0, 60]);
    }));
});
