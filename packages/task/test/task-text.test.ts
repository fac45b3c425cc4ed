import { errorOf } from "@async/test-kit";
import { describe, expect, it } from "vitest";

import { type Task, createTask, sleep } from "../src/index.ts";
import { onVirtualTime } from "./on-virtual-time.ts";

describe("a task's text", () => {
  it("TASK-02 shows its state, its name and what it waits for", () =>
    onVirtualTime(async () => {
      const log: string[] = [];
      const leaf = createTask(() => sleep(10, 7), { name: "leaf" });
      const root = createTask(
        async () => {
          try {
            return await leaf;
          } catch {
            return await sleep(1, "recovered");
          }
        },
        { name: "root" },
      );
      const note = () => log.push(String(root));
      note();
      await sleep(0);
      note();
      root.cancel();
      note();
      await root;
      note();
      log.push(String(leaf));
      expect(log).toEqual([
        "<Task pending name='root'>",
        "<Task pending name='root' waitFor=Task 'leaf'>",
        "<Task cancelling name='root' waitFor=Task 'leaf'>",
        "<Task finished name='root' result='recovered'>",
        "<Task cancelled name='leaf'>",
      ]);
    }));

  it("TASK-02 shows the exception of a failed one", () =>
    onVirtualTime(async () => {
      const task = createTask(() => Promise.reject(new RangeError("too far")), { name: "t" });
      await errorOf(task);
      expect(String(task)).toBe("<Task finished name='t' exception=RangeError: too far>");
    }));

  it("of two tasks that wait for each other does not go in circles", () =>
    onVirtualTime(async () => {
      const left: Task = createTask(async () => await right, { name: "left" });
      const right: Task = createTask(async () => await left, { name: "right" });
      await sleep(0);
      expect(String(left)).toMatch(/^<Task pending name='left' waitFor=Task 'right' /);
      left.cancel();
    }));
});
