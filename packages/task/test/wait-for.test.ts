import { CancelledError, Future, TimeoutError, UsageError, isCancelled } from "@async/futures";
import { getRunningLoop } from "@async/loop";
import { errorOf } from "@async/test-kit";
import { describe, expect, it, vi } from "vitest";

import { createTask, currentTask, shield, sleep, waitFor } from "../src/index.ts";
import { onVirtualTime } from "./on-virtual-time.ts";

describe("waitFor", () => {
  it("gives the result, the exception or the cancellation of what it waits for", () =>
    onVirtualTime(async () => {
      const thrown = new Error("no");
      const cancelled = createTask(() => sleep(1));
      cancelled.cancel();
      const outcomes = [
        await waitFor(() => sleep(1, "function"), 10),
        await waitFor(sleep(1, "promise"), 10),
        await waitFor(
          createTask(() => sleep(1, "task")),
          10,
        ),
        await errorOf(waitFor(() => Promise.reject(thrown), 10)),
        isCancelled(await errorOf(waitFor(cancelled, 10))),
      ];
      expect(outcomes).toEqual(["function", "promise", "task", thrown, true]);
    }));

  it("WFOR-01 with null waits for ever", () =>
    onVirtualTime(async () => {
      expect([await waitFor(() => sleep(1e9, "late"), null), getRunningLoop().time()]).toEqual(["late", 1e9]);
    }));

  it("again and again for the same promise does not pile up listeners on it", () =>
    onVirtualTime(async () => {
      const { promise, resolve } = Promise.withResolvers<string>();
      const listened = vi.spyOn(promise, "then");
      for (let round = 0; round < 100; round += 1)
        expect(await errorOf(waitFor(promise, 10))).toBeInstanceOf(TimeoutError);
      resolve("at last");
      expect(await waitFor(promise, 10)).toBe("at last");
      expect(listened).toHaveBeenCalledTimes(1);
    }));

  it.each([0, -1])("WFOR-02 with a timeout of %i returns the result of a finished future", (timeout) =>
    onVirtualTime(async () => {
      const future = new Future<string>();
      future.setResult("done");
      expect(await waitFor(future, timeout)).toBe("done");
    }),
  );

  it("WFOR-04 with a timeout of 0 cancels a running task, waits for its clean-up, then throws TimeoutError", () =>
    onVirtualTime(async () => {
      const log: string[] = [];
      const task = createTask(async () => {
        try {
          await sleep(100);
        } finally {
          await sleep(5);
          log.push("cleaned up");
        }
      });
      await sleep(0);
      log.push((await errorOf(waitFor(task, 0))).name);
      expect([log, task.cancelled(), getRunningLoop().time()]).toEqual([
        ["cleaned up", "TimeoutError"],
        true,
        5,
      ]);
    }));

  it("with a timeout of 0 does not run a function", () =>
    onVirtualTime(async () => {
      const log: string[] = [];
      const error = await errorOf(waitFor(async () => log.push("ran"), 0));
      expect([error instanceof TimeoutError, log]).toEqual([true, []]);
    }));

  it("WFOR-05 on a timeout waits until the task has really ended; the TimeoutError has the CancelledError as its cause", () =>
    onVirtualTime(async () => {
      const loop = getRunningLoop();
      const log: unknown[] = [];
      const task = createTask(async () => {
        try {
          await sleep(1000);
        } finally {
          await sleep(50);
          log.push(["cleaned up", loop.time()]);
        }
      });
      const error = await errorOf(waitFor(task, 10));
      log.push([error.name, loop.time(), isCancelled(error.cause), task.cancelled()]);
      expect(log).toEqual([
        ["cleaned up", 60],
        ["TimeoutError", 60, true, true],
      ]);
    }));

  it.each([0, 10])(
    "WFOR-06 with a timeout of %i what the task throws while being cancelled wins",
    (timeout) =>
      onVirtualTime(async () => {
        const thrown = new RangeError("clean-up failed");
        const task = createTask(() => sleep(100).catch(() => Promise.reject(thrown)));
        await sleep(0);
        expect(await errorOf(waitFor(task, timeout))).toBe(thrown);
      }),
  );

  it("gives the result of a task that refuses the cancellation", () =>
    onVirtualTime(async () => {
      expect(await waitFor(() => sleep(100).catch(() => "stayed"), 10)).toBe("stayed");
    }));

  it.each([null, 1000, 0])("WFOR-09 with a timeout of %s being cancelled cancels the task", (timeout) =>
    onVirtualTime(async () => {
      const log: string[] = [];
      const task = createTask(async () => {
        try {
          await sleep(100);
        } catch (error) {
          log.push("cancelled");
          await sleep(5);
          throw error;
        }
      });
      await sleep(0);
      const waiter = createTask(() => waitFor(task, timeout));
      await sleep(1);
      waiter.cancel();
      expect(await errorOf(waiter)).toBeInstanceOf(CancelledError);
      await errorOf(task);
      expect([log, waiter.cancelled(), task.cancelled()]).toEqual([["cancelled"], true, true]);
    }),
  );

  it.each([0, 10])("WFOR-10 of shield(task) times out after %i ms without touching the task", (timeout) =>
    onVirtualTime(async () => {
      const task = createTask(() => sleep(100, "undisturbed"));
      const error = await errorOf(waitFor(shield(task), timeout));
      expect([error instanceof TimeoutError, task.cancelling(), await task]).toEqual([
        true,
        0,
        "undisturbed",
      ]);
    }),
  );

  it("calls a function in the current task", () =>
    onVirtualTime(async (main) => {
      expect(await waitFor(async (task) => [task === main, currentTask() === main], 10)).toEqual([
        true,
        true,
      ]);
    }));

  it("outside of a task runs in one of its own", async () => {
    const [name, inside] = await waitFor(async (task) => [task.name, currentTask()?.name], 1000);
    expect([name, currentTask()]).toEqual([inside, null]);
  });

  it("refuses a timeout that is NaN or no number", () =>
    onVirtualTime(async () => {
      expect(await errorOf(waitFor(() => 1, NaN))).toEqual(
        new UsageError("waitFor: timeout is NaN; pass milliseconds or null"),
      );
      expect(await errorOf(waitFor(() => 1, "1" as never))).toEqual(
        new TypeError("waitFor: timeout is a number of milliseconds or null, got '1'"),
      );
      expect(await errorOf(waitFor(() => 1, undefined as never))).toBeInstanceOf(TypeError);
    }));

  it("refuses what cannot be awaited", () =>
    onVirtualTime(async () => {
      for (const timeout of [null, 0, 10]) {
        expect(await errorOf(waitFor(42 as never, timeout))).toBeInstanceOf(TypeError);
      }
    }));
});
