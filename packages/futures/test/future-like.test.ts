import { microtasks } from "@async/test-kit";
import { describe, expect, it } from "vitest";

import { Future, isFuture } from "../src/index.ts";
import { awaitedBy, listen, schedulerOf } from "../src/port.ts";
import { ManualScheduler } from "./manual-scheduler.ts";
import { RecordingAwaiter } from "./recording-awaiter.ts";

describe("isFuture", () => {
  it("knows a future, also one of a subclass", () => {
    class Own extends Future {}
    expect([new Future(), new Own()].map(isFuture)).toEqual([true, true]);
  });

  it.each([null, undefined, 1, "future", {}, [], () => {}, Promise.resolve(), { then() {} }, Future])(
    "is false for %s",
    (value) => {
      expect(isFuture(value)).toBe(false);
    },
  );
});

describe("awaitedBy", () => {
  it("lists those who wait, in the order in which they came: tasks, and futures that wait through listeners", async () => {
    const scheduler = new ManualScheduler();
    const [first, second] = [new RecordingAwaiter(scheduler), new RecordingAwaiter(scheduler)];
    const [future, gathering] = [new Future(), new Future()];
    void first.run(async () => await future);
    await microtasks();
    listen(future, () => {}, gathering);
    void second.run(async () => await future);
    await microtasks();
    expect(awaitedBy(future)).toEqual([first.task, gathering, second.task]);
  });

  it("leaves out callbacks, and awaits that belong to nobody", async () => {
    const future = new Future();
    future.addDoneCallback(() => {});
    void (async () => await future)();
    await microtasks();
    expect(awaitedBy(future)).toEqual([]);
  });
});

describe("listen", () => {
  it("calls back once the future is done, in order with callbacks; removeDoneCallback undoes it", async () => {
    const scheduler = new ManualScheduler();
    const future = new Future({ scheduler });
    const log: string[] = [];
    const removed = () => log.push("removed");
    future.addDoneCallback(() => log.push("callback"));
    listen(future, () => log.push("listener"));
    listen(future, removed);
    expect(future.removeDoneCallback(removed)).toBe(1);
    future.setResult(1);
    await scheduler.turn();
    expect(log).toEqual(["callback", "listener"]);
  });
});

describe("schedulerOf", () => {
  it("returns the scheduler of the future, null for one that can be awaited from any loop", () => {
    const scheduler = new ManualScheduler();
    expect([schedulerOf(new Future({ scheduler })), schedulerOf(new Future())]).toEqual([scheduler, null]);
  });
});
