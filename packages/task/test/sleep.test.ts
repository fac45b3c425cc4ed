import { CancelledError, UsageError } from "@async/futures";
import { getRunningLoop } from "@async/loop";
import { errorOf } from "@async/test-kit";
import { describe, expect, it } from "vitest";

import { createTask, sleep } from "../src/index.ts";
import { onVirtualTime } from "./on-virtual-time.ts";

describe("sleep", () => {
  it("TASK-27 of 0 gives up exactly one turn: what was scheduled before it has run, what that schedules has not", () =>
    onVirtualTime(async () => {
      const loop = getRunningLoop();
      const log: string[] = [];
      loop.callSoon(() => {
        log.push("scheduled before");
        loop.callSoon(() => log.push("scheduled by it"));
      });
      await sleep(0);
      log.push("awake");
      await sleep(0);
      expect(log).toEqual(["scheduled before", "awake", "scheduled by it"]);
    }));

  it("of a negative delay gives up one turn too", () =>
    onVirtualTime(async () => {
      const log: string[] = [];
      getRunningLoop().callSoon(() => log.push("scheduled before"));
      await sleep(-5);
      expect([log, getRunningLoop().time()]).toEqual([["scheduled before"], 0]);
    }));

  it("wakes at the deadline, in the order of deadlines, equal ones in the order in which they were set", () =>
    onVirtualTime(async () => {
      const loop = getRunningLoop();
      const log: string[] = [];
      const sleeper = async (name: string, delay: number) => {
        await sleep(delay);
        log.push(`${name} ${loop.time()}`);
      };
      await Promise.all([sleeper("a", 20), sleeper("b", 10), sleeper("c", 10)]);
      expect(log).toEqual(["b 10", "c 10", "a 20"]);
    }));

  it("lasts longer than the 24.8 days that the host's timers can do", () =>
    onVirtualTime(async () => {
      const year = 365 * 86_400_000;
      await sleep(year);
      expect(getRunningLoop().time()).toBe(year);
    }));

  it("TASK-28 resolves to the given value, whatever the delay", () =>
    onVirtualTime(async () => {
      expect([await sleep(1, "a"), await sleep(0, "b")]).toEqual(["a", "b"]);
      await expect(sleep(0)).resolves.toBeUndefined();
    }));

  it("TASK-28 refuses NaN", () =>
    onVirtualTime(async () => {
      expect(await errorOf(sleep(NaN))).toEqual(new UsageError("sleep: delay is NaN; pass milliseconds"));
    }));

  it.each([["1"], [null], [undefined], [{}], [async () => 1], [1n]])(
    "refuses %s, which is no number",
    (delay) =>
      onVirtualTime(async () => {
        const error = await errorOf(sleep(delay as never));
        expect(error).toBeInstanceOf(TypeError);
        expect(error.message).toMatch(/^sleep: delay is a number of milliseconds, got /);
      }),
  );

  it.each([0, 10])("of %i ms is cancelled in code that outlived its task and its loop", async (delay) => {
    const { promise: closed, resolve: close } = Promise.withResolvers();
    let outcome: Promise<Error> | undefined;
    await onVirtualTime(() => {
      outcome = closed.then(() => errorOf(sleep(delay)));
    });
    close(null);
    expect(await outcome).toEqual(new CancelledError("the event loop is closed"));
  });

  it.each([0, 10])("of %i ms is interrupted by a cancellation of the task", (delay) =>
    onVirtualTime(async () => {
      const task = createTask(() => sleep(delay));
      await Promise.resolve();
      getRunningLoop().callSoon(() => task.cancel("enough"));
      expect(await errorOf(task)).toEqual(new CancelledError("enough"));
    }),
  );

  it("TASK-29 cancels its timer when it is cancelled", () =>
    onVirtualTime(async () => {
      const loop = getRunningLoop();
      const task = createTask(() => sleep(3_600_000));
      await sleep(0);
      const before = loop.isIdle();
      task.cancel();
      await errorOf(task);
      expect([before, loop.isIdle(), loop.time()]).toEqual([false, true, 0]);
    }));

  it("counts as a timer no more once it is cancelled, however many are", () =>
    onVirtualTime(async () => {
      const loop = getRunningLoop();
      const tasks = Array.from({ length: 300 }, () => createTask(() => sleep(3_600_000)));
      await sleep(0);
      const counts = tasks.map((task) => {
        task.cancel();
        return loop.statistics().timers;
      });
      expect(counts).toEqual(tasks.map((_task, index) => 299 - index));
      await sleep(0);
    }));
});
