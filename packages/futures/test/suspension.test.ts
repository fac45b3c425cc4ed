import { errorOf, microtasks } from "@async/test-kit";
import { describe, expect, it } from "vitest";

import { CancelledError, Future, UsageError } from "../src/index.ts";
import { ManualScheduler } from "./manual-scheduler.ts";
import { RecordingAwaiter } from "./recording-awaiter.ts";

describe("an await", () => {
  it("FUT-15 of a finished future takes no turn, any number of times", async () => {
    const scheduler = new ManualScheduler();
    const future = new Future<object>({ scheduler });
    const value = {};
    future.setResult(value);
    expect((await future) === value && (await future) === value).toBe(true);
    expect(await scheduler.turn()).toBe(0);
  });

  it("of a failed future throws the very exception, also long after it failed", async () => {
    const future = new Future();
    const error = new Error("boom");
    future.setException(error);
    await microtasks();
    expect(await errorOf(future)).toBe(error);
  });

  it("resumes on a turn of the awaiter's scheduler, in the order in which the awaits and callbacks came", async () => {
    const scheduler = new ManualScheduler();
    const awaiter = new RecordingAwaiter(scheduler);
    const future = new Future<number>();
    const log: string[] = [];
    const waits = awaiter.run(() =>
      ["a", "b"].map(async (name) => {
        log.push(`${name} got ${await future}`);
      }),
    );
    await microtasks();
    future.setResult(1);
    await microtasks();
    log.push("turn");
    await scheduler.turn();
    await Promise.all(waits);
    expect(log).toEqual(["turn", "a got 1", "b got 1"]);
  });

  it("keeps awaits and callbacks of one future in one order", async () => {
    const scheduler = new ManualScheduler();
    const future = new Future<number>({ scheduler });
    const log: string[] = [];
    future.addDoneCallback(() => log.push("callback a"));
    void (async () => log.push(`await ${await future}`))();
    await microtasks();
    future.addDoneCallback(() => log.push("callback b"));
    future.setResult(1);
    await scheduler.turn();
    expect(log).toEqual(["callback a", "await 1", "callback b"]);
  });

  it("tells the awaiter what it waits for, and when the wait has ended", async () => {
    const scheduler = new ManualScheduler();
    const awaiter = new RecordingAwaiter(scheduler);
    const future = new Future<number>({ scheduler });
    const waiting = awaiter.run(async () => await future);
    await microtasks();
    expect([awaiter.targets, awaiter.resumed]).toEqual([[future], []]);
    future.setResult(1);
    await scheduler.turn();
    expect([await waiting, awaiter.resumed]).toEqual([1, awaiter.suspended]);
  });

  it("throws what the awaiter refuses it with, one turn later, and leaves the future alone", async () => {
    const scheduler = new ManualScheduler();
    const awaiter = new RecordingAwaiter(scheduler);
    awaiter.refusal = new UsageError("no");
    const future = new Future<number>({ scheduler });
    const waiting = errorOf(awaiter.run(async () => await future));
    await microtasks();
    expect(String(future)).toBe("<Future pending>");
    await scheduler.turn();
    expect(await waiting).toBe(awaiter.refusal);
  });

  it("throws the cancellation that was requested meanwhile in place of the result", async () => {
    const scheduler = new ManualScheduler();
    const awaiter = new RecordingAwaiter(scheduler);
    const future = new Future<number>({ scheduler });
    const waiting = errorOf(awaiter.run(async () => await future));
    await microtasks();
    future.setResult(1);
    awaiter.interruption = new CancelledError("too late");
    await scheduler.turn();
    expect(await waiting).toBe(awaiter.interruption);
  });

  it("of a future of another scheduler is a UsageError in the task", async () => {
    const [here, there] = [new ManualScheduler(), new ManualScheduler()];
    const awaiter = new RecordingAwaiter(here);
    const future = new Future<number>({ scheduler: there });
    const waiting = errorOf(awaiter.run(async () => await future));
    await microtasks();
    await here.turn();
    expect(await waiting).toEqual(
      new UsageError(
        "<Future pending> awaits a future of another loop: <Future pending>; await it in a task of its own loop",
      ),
    );
  });

  it("of a future without a scheduler is woken through the scheduler of whoever awaits it", async () => {
    const schedulers = [new ManualScheduler(), new ManualScheduler()];
    const future = new Future<number>();
    const waits = schedulers.map((scheduler) =>
      new RecordingAwaiter(scheduler).run(async () => await future),
    );
    await microtasks();
    future.setResult(1);
    expect(await Promise.all(schedulers.map((scheduler) => scheduler.turn()))).toEqual([1, 1]);
    expect(await Promise.all(waits)).toEqual([1, 1]);
  });
});
