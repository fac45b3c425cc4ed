import { AsyncLocalStorage } from "node:async_hooks";

import { Future } from "@async/futures";
import { describe, expect, it } from "vitest";

import { createTask, sleep } from "../src/index.ts";
import { onVirtualTime } from "./on-virtual-time.ts";

describe("a task's context", () => {
  it("TASK-30 is the creator's at creation: later changes on either side are not seen on the other", () =>
    onVirtualTime(async () => {
      const storage = new AsyncLocalStorage<string>();
      const log: unknown[] = [];
      const task = storage.run("creator", () =>
        createTask(async () => {
          log.push(["task", storage.getStore()]);
          storage.enterWith("task's own");
          await sleep(1);
          log.push(["task", storage.getStore()]);
        }),
      );
      await storage.run("changed", async () => {
        await sleep(0);
        log.push(["creator", storage.getStore()]);
        await task;
        log.push(["creator", storage.getStore()]);
      });
      expect(log).toEqual([
        ["task", "creator"],
        ["creator", "changed"],
        ["task", "task's own"],
        ["creator", "changed"],
      ]);
    }));

  it("is in force after awaits of futures that others complete", () =>
    onVirtualTime(async () => {
      const storage = new AsyncLocalStorage<string>();
      const future = new Future();
      const task = storage.run("waiter", () =>
        createTask(async () => {
          await future;
          return storage.getStore();
        }),
      );
      await sleep(0);
      storage.run("completer", () => future.setResult(null));
      expect(await task).toBe("waiter");
    }));
});
