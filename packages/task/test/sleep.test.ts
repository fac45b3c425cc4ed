import { CancelledError, UsageError } from "@async/futures";
import { type TimerHandle, EventLoop, VirtualClock, getRunningLoop } from "@async/loop";
import { describe, expect, it } from "vitest";

import { createTask, sleep } from "../src/index.ts";
import { errorOf, onVirtualTime } from "./on-virtual-time.ts";

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
      expect([await sleep(1, "a"), await sleep(0, "b"), await sleep(0)]).toEqual(["a", "b", undefined]);
    }));

  it("TASK-28 refuses NaN", () =>
    onVirtualTime(async () => {
      expect(await errorOf(sleep(NaN))).toEqual(new UsageError("sleep: the delay is NaN; pass milliseconds"));
    }));

  it.each([["1"], [null], [undefined], [{}], [() => 1], [1n]])("refuses %s, which is no number", (delay) =>
    onVirtualTime(async () => {
      const error = await errorOf(sleep(delay as never));
      expect(error).toBeInstanceOf(TypeError);
      expect(error.message).toMatch(/^sleep takes milliseconds, got /);
    }),
  );

  it.each([0, 10])("refuses to sleep %i ms on a closed loop", async (delay) => {
    const loop = new EventLoop();
    let outlived: Promise<unknown> | undefined;
    const task = createTask(
      () => {
        outlived = Promise.resolve().then(() => errorOf(() => sleep(delay)));
        loop.stop();
      },
      { loop },
    );
    await loop.runForever();
    await task;
    loop.close();
    const closed = createdIn(loop, delay);
    expect(await closed).toBeInstanceOf(UsageError);
    await outlived;
  });

  it.each([0, 10])("of %i ms is interrupted by a cancellation of the task", (delay) =>
    onVirtualTime(async () => {
      const task = createTask(() => sleep(delay));
      await Promise.resolve();
      getRunningLoop().callSoon(() => task.cancel("enough"));
      expect(await errorOf(task)).toEqual(new CancelledError("enough"));
    }),
  );

  it("TASK-29 cancels its timer when it is cancelled", async () => {
    const alarms: TimerHandle[] = [];
    class WatchedLoop extends EventLoop {
      override setAlarm(...args: Parameters<EventLoop["setAlarm"]>): TimerHandle {
        const alarm = super.setAlarm(...args);
        alarms.push(alarm);
        return alarm;
      }
    }
    const loop = new WatchedLoop({ clock: new VirtualClock() });
    await onVirtualTime(async () => {
      const task = createTask(() => sleep(3_600_000));
      await sleep(0);
      task.cancel();
      await errorOf(task);
      expect([alarms.map((alarm) => alarm.cancelled()), loop.isIdle(), loop.time()]).toEqual([
        [true],
        true,
        0,
      ]);
    }, loop);
  });
});

/** The error of a `sleep` in an async function that outlived the loop's last run. */
async function createdIn(loop: EventLoop, delay: number): Promise<Error> {
  const other = new EventLoop();
  void loop;
  try {
    return await other.runUntilComplete(createTask(() => errorOf(sleep(delay)), { loop: other }));
  } finally {
    other.close();
  }
}
