import { AsyncLocalStorage } from "node:async_hooks";

import { describe, expect, it } from "vitest";

import { createTask, currentTask, sleep } from "../src/index.ts";
import { onVirtualTime } from "./on-virtual-time.ts";

describe("an eager task", () => {
  it("keeps to itself what its first step puts into the async context", () =>
    onVirtualTime(async (main) => {
      const als = new AsyncLocalStorage<string>();
      als.enterWith("outer");
      const seen: unknown[] = [];
      const task = createTask(
        async () => {
          als.enterWith("inner");
          await sleep(0);
          seen.push(als.getStore());
        },
        { eager: true },
      );
      expect([als.getStore(), currentTask() === main]).toEqual(["outer", true]);
      await task;
      expect([als.getStore(), seen]).toEqual(["outer", ["inner"]]);
    }));

  it("keeps it to itself also when the first step is all there is, and fails", () =>
    onVirtualTime(async () => {
      const als = new AsyncLocalStorage<string>();
      const task = createTask(
        () => {
          als.enterWith("inner");
          throw new Error("boom");
        },
        { eager: true },
      );
      task.exception();
      expect([task.done(), als.getStore()]).toEqual([true, undefined]);
    }));
});
