import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";

import { Future, UsageError } from "@async/futures";
import { EventLoop } from "@async/loop";
import { errorOf } from "@async/test-kit";
import { describe, expect, it } from "vitest";

import { allTasks, createTask, sleep } from "../src/index.ts";
import { onVirtualTime, virtualLoop } from "./on-virtual-time.ts";

setFlagsFromString("--expose-gc");
const collectGarbage = runInNewContext("gc") as () => void;

describe("createTask", () => {
  it("calls the function on the next turn, with its task", () =>
    onVirtualTime(async () => {
      const log: string[] = [];
      const task = createTask((self) => {
        log.push(`runs, ${self === task}`);
      });
      log.push("created");
      await task;
      expect(log).toEqual(["created", "runs, true"]);
    }));

  it("starts tasks in the order in which they were created", () =>
    onVirtualTime(async () => {
      const log: string[] = [];
      for (const name of ["a", "b", "c"]) void createTask(() => log.push(name));
      await sleep(0);
      expect(log).toEqual(["a", "b", "c"]);
    }));

  it("takes a function that is not async", () =>
    onVirtualTime(async () => {
      const thrown = new Error("at once");
      const failing = createTask(() => {
        throw thrown;
      });
      expect([await createTask(() => 42), await errorOf(failing)]).toEqual([42, thrown]);
    }));

  it("follows what the function returns, also a future", () =>
    onVirtualTime(async () => {
      const inner = createTask(() => sleep(10, "inner"));
      expect(await createTask(() => inner)).toBe("inner");
    }));

  it("TASK-01 names tasks by a number that counts up", () =>
    onVirtualTime(async () => {
      const [first, second] = [createTask(() => 1), createTask(() => 2)].map(({ name }) => name);
      expect([first, second].every((name) => /^Task-\d+$/.test(name!))).toBe(true);
      expect(Number(second!.slice(5))).toBe(Number(first!.slice(5)) + 1);
    }));

  it("TASK-01 makes a string of a name that is none", () =>
    onVirtualTime(async () => {
      const task = createTask(() => 1, { name: 42 as unknown as string });
      expect(task.name).toBe("42");
    }));

  it("TASK-32 refuses a promise, which has started already, and says what to write", () =>
    onVirtualTime(async () => {
      expect(() => createTask(sleep(1) as never)).toThrow(
        new TypeError(
          "createTask takes a function, got a promise, which has started already; write createTask(() => ...), or await ensureFuture(promise)",
        ),
      );
    }));

  it("TASK-32 refuses what is no function and leaves no task behind", () =>
    onVirtualTime(async () => {
      const before = allTasks().size;
      expect(() => createTask(42 as never)).toThrow(
        new TypeError("createTask takes a function, got 42; write createTask(async () => ...)"),
      );
      expect(allTasks().size).toBe(before);
    }));

  it("refuses a closed loop", () => {
    const loop = new EventLoop();
    loop.close();
    expect(() => createTask(() => 1, { loop })).toThrow(
      new UsageError("createTask: the event loop is closed; make a new one"),
    );
  });

  it("XTHR-01 from outside of the loop gives its result, its error or its cancellation", async () => {
    const loop = virtualLoop();
    const thrown = new Error("no");
    const good = createTask(() => sleep(5, "good"), { loop });
    const bad = createTask(() => sleep(5).then(() => Promise.reject(thrown)), { loop });
    const cancelled = createTask(() => sleep(5), { loop });
    loop.callLater(1, () => cancelled.cancel());
    await loop.runUntilIdle();
    expect([good.result(), bad.exception(), cancelled.cancelled()]).toEqual(["good", thrown, true]);
    loop.close();
  });
});

describe("a task nobody refers to", () => {
  it("TASK-33 is kept and listed while it waits for what nobody else refers to", () =>
    onVirtualTime(async () => {
      const log: string[] = [];
      const wait = async () => {
        try {
          await new Future();
        } finally {
          log.push("cleaned up");
        }
      };
      const leaveOrphan = () => void createTask(wait, { name: "orphan" });
      leaveOrphan();
      await sleep(0);
      collectGarbage();
      await sleep(1);
      const orphan = [...allTasks()].find(({ name }) => name === "orphan");
      orphan!.cancel();
      await errorOf(orphan!);
      expect(log).toEqual(["cleaned up"]);
    }));
});
