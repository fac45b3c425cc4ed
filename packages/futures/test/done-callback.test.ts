import { AsyncLocalStorage } from "node:async_hooks";

import { microtasks } from "@async/test-kit";
import { describe, expect, it, vi } from "vitest";

import { Future } from "../src/index.ts";
import { currentAwaiter } from "../src/port.ts";
import { ManualScheduler, minimalScheduler } from "./manual-scheduler.ts";
import { RecordingAwaiter } from "./recording-awaiter.ts";

describe("done callbacks", () => {
  const settlers: [string, (future: Future) => unknown][] = [
    ["setResult", (future) => future.setResult(1)],
    ["setException", (future) => future.setException(new Error("boom"))],
    ["cancel", (future) => future.cancel()],
  ];

  it.each(settlers)("FUT-06 run on the turn after %s, in the order they were added", async (_, settle) => {
    const scheduler = new ManualScheduler();
    const future = new Future({ scheduler });
    const log: string[] = [];
    for (const name of ["a", "b", "c"]) future.addDoneCallback(() => log.push(name));
    settle(future);
    log.push("settled");
    await scheduler.turn();
    expect(log).toEqual(["settled", "a", "b", "c"]);
  });

  it("FUT-07 are scheduled, not called, when the future is done already", async () => {
    const scheduler = new ManualScheduler();
    const future = new Future({ scheduler });
    future.setResult(1);
    const log: string[] = [];
    future.addDoneCallback(() => log.push("called"));
    log.push("added");
    await scheduler.turn();
    expect(log).toEqual(["added", "called"]);
  });

  it("get the future", async () => {
    const scheduler = new ManualScheduler();
    const future = new Future({ scheduler });
    const callback = vi.fn();
    future.addDoneCallback(callback);
    future.setResult(1);
    await scheduler.turn();
    expect(callback.mock.calls).toEqual([[future]]);
  });

  it("FUT-08 are called once for each registration; removeDoneCallback removes them all and says how many", async () => {
    const scheduler = new ManualScheduler();
    const log: string[] = [];
    const callback = () => log.push("called");
    const [kept, removed] = [new Future({ scheduler }), new Future({ scheduler })];
    for (const future of [kept, kept, kept, removed, removed]) future.addDoneCallback(callback);
    expect([removed.removeDoneCallback(callback), removed.removeDoneCallback(callback)]).toEqual([2, 0]);
    kept.setResult(1);
    removed.setResult(1);
    await scheduler.turn();
    expect(log).toEqual(["called", "called", "called"]);
  });

  it.each([
    [["first"], ["second", "third"]],
    [["first", "second"], ["third"]],
    [["third"], ["first", "second"]],
    [["second"], ["first", "third", "fourth"]],
  ])("FUT-23 stay in order when %j are removed", async (removed, left) => {
    const scheduler = new ManualScheduler();
    const future = new Future({ scheduler });
    const log: string[] = [];
    const callbacks = new Map(
      ["first", "second", "third"].map((name) => [name, () => void log.push(name)] as const),
    );
    for (const callback of callbacks.values()) future.addDoneCallback(callback);
    for (const name of removed) future.removeDoneCallback(callbacks.get(name)!);
    if (left.includes("fourth")) future.addDoneCallback(() => log.push("fourth"));
    future.setResult(1);
    await scheduler.turn();
    expect(log).toEqual(left);
  });

  it("CFU-05 that throw are reported, and the others still run", async () => {
    const scheduler = new ManualScheduler();
    const future = new Future({ scheduler });
    const log: string[] = [];
    const exception = new Error("boom");
    future.addDoneCallback(function faulty() {
      throw exception;
    });
    future.addDoneCallback(() => log.push("after"));
    future.setResult(1);
    await scheduler.turn();
    expect(log).toEqual(["after"]);
    expect(scheduler.reports).toEqual([
      { message: "Exception in callback faulty() of <Future finished result=1>", exception, future },
    ]);
  });

  it("that are async and fail are reported too", async () => {
    const scheduler = new ManualScheduler();
    const future = new Future({ scheduler });
    // eslint-disable-next-line @typescript-eslint/no-misused-promises -- that is what users do, and the point here
    future.addDoneCallback(async () => {
      await microtasks();
      throw new Error("later");
    });
    future.setResult(1);
    await scheduler.turn();
    await microtasks();
    expect(scheduler.reports.map(({ exception }) => exception)).toEqual([new Error("later")]);
  });

  it.each([null, undefined, "name", {}, Promise.resolve()])(
    "are functions: addDoneCallback(%s) is a TypeError",
    (callback) => {
      expect(() => new Future().addDoneCallback(callback as never)).toThrow(
        /^addDoneCallback takes a function/,
      );
    },
  );

  it("run in the async context of who added them, not of who settled the future", async () => {
    const storage = new AsyncLocalStorage<string>();
    const scheduler = new ManualScheduler();
    const future = new Future({ scheduler });
    const log: unknown[] = [];
    storage.run("adder", () => future.addDoneCallback(() => log.push(storage.getStore())));
    storage.run("settler", () => future.setResult(1));
    await scheduler.turn();
    expect([log, storage.getStore()]).toEqual([["adder"], undefined]);
  });

  it("belong to no task: the awaiter inside is the scheduler's bystander", async () => {
    const scheduler = new ManualScheduler();
    const future = new Future({ scheduler });
    const awaiter = new RecordingAwaiter(scheduler);
    const seen: unknown[] = [];
    awaiter.run(() => future.addDoneCallback(() => seen.push(currentAwaiter())));
    awaiter.run(() => future.setResult(1));
    await scheduler.turn();
    expect(seen).toEqual([scheduler.bystander]);
  });

  it("run on a scheduler that has only callSoon and callLater", async () => {
    const scheduler = new ManualScheduler();
    const future = new Future<number>({ scheduler: minimalScheduler(scheduler) });
    const log: number[] = [];
    future.addDoneCallback((done) => log.push(done.result()));
    future.setResult(1);
    expect(log).toEqual([]);
    await scheduler.turn();
    expect(log).toEqual([1]);
  });

  it("run on host ticks without a scheduler, in order", async () => {
    const future = new Future<number>();
    const log: string[] = [];
    future.addDoneCallback(() => log.push("a"));
    future.addDoneCallback(() => log.push("b"));
    future.setResult(1);
    log.push("settled");
    await microtasks();
    expect(log).toEqual(["settled", "a", "b"]);
  });

  it("run on host ticks when the scheduler has closed, so that nothing hangs", async () => {
    const scheduler = new ManualScheduler();
    const future = new Future<number>({ scheduler });
    const log: string[] = [];
    future.addDoneCallback(() => log.push("called"));
    scheduler.isClosed = true;
    future.setResult(1);
    await microtasks();
    expect(log).toEqual(["called"]);
  });

  it("go on without a scheduler's handler: a throwing one is a process warning", async () => {
    const warnings = vi.spyOn(process, "emitWarning").mockImplementation(() => {});
    const future = new Future();
    future.addDoneCallback(function faulty() {
      throw new Error("boom");
    });
    future.setResult(1);
    await microtasks();
    expect(warnings.mock.calls.map(([message]) => message)).toEqual([
      "Exception in callback faulty() of <Future finished result=1>",
    ]);
    warnings.mockRestore();
  });
});
