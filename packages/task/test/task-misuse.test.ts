import type { Future } from "@async/futures";
import { UsageError } from "@async/futures";
import { errorOf } from "@async/test-kit";
import { describe, expect, it } from "vitest";

import { type Task, createTask, sleep } from "../src/index.ts";
import { onVirtualTime, virtualLoop } from "./on-virtual-time.ts";

describe("what a task must not do", () => {
  it("TASK-03 gets an error when it awaits itself", () =>
    onVirtualTime(async () => {
      const task: Task = createTask(async () => await task, { name: "narcissus" });
      const error = await errorOf(task);
      expect(error).toBeInstanceOf(UsageError);
      expect(error.message).toMatch(
        /^<Task pending name='narcissus'.*> awaits itself and would wait for ever; let another task await it$/,
      );
    }));

  it("TASK-03 gets an error when it returns itself", () =>
    onVirtualTime(async () => {
      const task: Task = createTask(() => task, { name: "narcissus" });
      expect(await errorOf(task)).toBeInstanceOf(UsageError);
    }));

  it("TASK-04 gets an error when it awaits a future of another loop", () =>
    onVirtualTime(async () => {
      const foreign = virtualLoop().createFuture();
      const task = createTask(async () => await foreign, { name: "traveller" });
      const error = await errorOf(task);
      expect(error).toBeInstanceOf(UsageError);
      expect(error.message).toMatch(
        /^<Task pending name='traveller'.*> awaits a future of another loop: <Future pending>; await it in a task of its own loop$/,
      );
    }));

  it("TASK-05 takes no result and no exception from outside", () =>
    onVirtualTime(async () => {
      const task: Future = createTask(() => sleep(1, "own"));
      expect(() => task.setResult("foreign")).toThrow(
        new UsageError("Task does not support setResult: its function's return value is the result"),
      );
      expect(() => task.setException(new Error("foreign"))).toThrow(
        new UsageError("Task does not support setException: what its function throws is the exception"),
      );
      expect(await task).toBe("own");
    }));
});
