/** Two copies of the package in one process, as npm may install them: they know each other's futures and errors. */
import { errorOf, microtasks } from "@async/test-kit";
import { describe, expect, it, vi } from "vitest";

import * as ours from "../src/index.ts";
import * as ourPort from "../src/port.ts";
import { ManualScheduler } from "./manual-scheduler.ts";
import { RecordingAwaiter } from "./recording-awaiter.ts";

vi.resetModules();
const theirs = await import("../src/index.ts");
const theirPort = await import("../src/port.ts");

it("the copies are two: no class is shared", () => {
  expect(theirs.Future).not.toBe(ours.Future);
  expect(theirs.CancelledError).not.toBe(ours.CancelledError);
});

describe("errors", () => {
  const classes = [
    "CancelledError",
    "InvalidStateError",
    "TimeoutError",
    "UsageError",
    "BrokenExecutorError",
  ] as const;

  it.each(classes)("%s of one copy is an instance of the other's", (name) => {
    expect(new theirs[name]("why")).toBeInstanceOf(ours[name]);
    expect(new ours[name]("why")).toBeInstanceOf(theirs[name]);
  });

  it("isCancelled knows both", () => {
    expect(ours.isCancelled(new theirs.CancelledError())).toBe(true);
    expect(ours.isCancelled(new theirs.TimeoutError())).toBe(false);
  });
});

describe("futures", () => {
  it("isFuture knows both; instanceof only its own", () => {
    const future = new theirs.Future();
    expect([ours.isFuture(future), future instanceof (ours.Future as never)]).toEqual([true, false]);
  });

  it("an await is seen by the awaiter, whichever copy made the future", async () => {
    const scheduler = new ManualScheduler();
    const awaiter = new RecordingAwaiter(scheduler);
    const future = new theirs.Future<number>({ scheduler });
    const waiting = awaiter.run(async () => await future);
    await microtasks();
    expect(awaiter.targets).toEqual([future]);
    future.setResult(1);
    await scheduler.turn();
    expect(await waiting).toBe(1);
  });

  it("the current awaiter is one for both", () => {
    const awaiter = new RecordingAwaiter(new ManualScheduler());
    expect(awaiter.run(() => theirPort.currentAwaiter())).toBe(awaiter);
  });

  it("wait takes a mixture", async () => {
    const [a, b] = [new ours.Future(), new theirs.Future()];
    a.setResult(1);
    setImmediate(() => b.setResult(2));
    expect(await ours.wait([a, b])).toEqual({ done: new Set([a, b]), pending: new Set() });
  });

  it("asCompleted takes a mixture", async () => {
    const [a, b] = [new ours.Future<number>(), new theirs.Future<number>()];
    b.setResult(2);
    setImmediate(() => a.setResult(1));
    const results: number[] = [];
    for await (const future of ours.asCompleted([a, b])) results.push(future.result());
    expect(results).toEqual([2, 1]);
  });

  it("wrapFuture makes a future of ours that follows theirs", async () => {
    const [source, failing, left] = [
      new theirs.Future<number>(),
      new theirs.Future<number>(),
      new theirs.Future<number>(),
    ];
    const [target, failed, cancelled] = [source, failing, left].map((future) => ours.wrapFuture(future));
    expect(target).toBeInstanceOf(ours.Future);
    source.setResult(1);
    failing.setException(new Error("boom"));
    cancelled!.cancel("why");
    expect(await target).toBe(1);
    expect(await errorOf(failed!)).toEqual(new Error("boom"));
    await microtasks();
    expect(left.cancelReason).toBe("why");
  });

  it("a cancel request finds its way through relays of both", () => {
    const relay = (port: typeof ourPort, targets: ourPort.CancelTarget[]) => ({
      [port.PASS_ON]: () => targets,
      [port.ANSWER]: (taken: boolean) => taken,
      cancel: () => expect.unreachable("a relay is not cancelled by itself"),
    });
    const future = new ours.Future();
    expect(ourPort.cancelThrough(relay(ourPort, [relay(theirPort, [future])]), "why")).toBe(true);
    expect(future.cancelReason).toBe("why");
  });
});
