import { UsageError } from "@async/futures";
import { errorOf, microtasks } from "@async/test-kit";
import { describe, expect, it } from "vitest";

import { recordReports, virtualLoop } from "./virtual-loop.ts";

describe("close", () => {
  it("LOOP-14 may be called again; afterwards whatever schedules or runs throws", async () => {
    const loop = virtualLoop();
    loop.close();
    loop.close();
    expect(loop.isClosed()).toBe(true);
    const calls = [
      () => loop.callSoon(() => {}),
      () => loop.callLater(1, () => {}),
      () => loop.callAt(1, () => {}),
      () => loop.runInExecutor(null, () => {}),
      () => loop.addSignalHandler("SIGUSR2", () => {}),
    ];
    for (const call of calls) expect(call).toThrow(/^\w+: the event loop is closed; make a new one$/);
    for (const run of [
      loop.runForever(),
      loop.runUntilIdle(),
      loop.runUntilComplete(loop.createFuture()),
      loop.runUntilComplete(Promise.resolve()),
    ]) {
      expect(await errorOf(run)).toBeInstanceOf(UsageError);
    }
  });

  it("drops what is scheduled", async () => {
    const loop = virtualLoop();
    loop.callSoon(() => expect.unreachable());
    loop.callLater(1, () => expect.unreachable());
    loop.close();
    await microtasks();
    expect(loop.isIdle()).toBe(true);
  });

  it("reports the failures of its futures that nobody looked at", () => {
    const [loop, other] = [virtualLoop(), virtualLoop()];
    const reports = [recordReports(loop), recordReports(other)];
    const [unread, read, foreign] = [loop.createFuture(), loop.createFuture(), other.createFuture()];
    for (const future of [unread, read, foreign]) future.setException(new Error("boom"));
    read.exception();
    loop.close();
    expect(reports.map((list) => list.map(({ message }) => message))).toEqual([
      ["Future exception was never retrieved"],
      [],
    ]);
    foreign.exception();
  });

  it("leaves its futures usable: callbacks and awaits go on, on host ticks", async () => {
    const loop = virtualLoop();
    const future = loop.createFuture<number>();
    const log: number[] = [];
    future.addDoneCallback((done) => log.push(done.result()));
    const waiting = future.then((value) => value + 1);
    loop.close();
    future.setResult(1);
    expect([await waiting, log]).toEqual([2, [1]]);
  });
});

describe("statistics", () => {
  it("counts what is ready and the live timers, in a snapshot that does not change", async () => {
    const loop = virtualLoop();
    const empty = loop.statistics();
    loop.callSoon(() => {});
    loop.callLater(1, () => {});
    loop.callLater(1, () => {}).cancel();
    expect([empty, loop.statistics()]).toEqual([
      { ready: 0, timers: 0 },
      { ready: 1, timers: 1 },
    ]);
    expect(Object.isFrozen(empty)).toBe(true);
    await loop.runUntilIdle();
    expect(loop.statistics()).toEqual(empty);
  });
});

it("is closed at the end of a block that uses it", () => {
  const loop = virtualLoop();
  {
    using used = loop;
    expect(used.isClosed()).toBe(false);
  }
  expect(loop.isClosed()).toBe(true);
});

it("shows its state", async () => {
  const loop = virtualLoop();
  const texts = [String(loop)];
  loop.callSoon(() => texts.push(String(loop)));
  await loop.runUntilIdle();
  loop.close();
  texts.push(String(loop), String(virtualLoop({ debug: true })));
  expect(texts).toEqual([
    "<EventLoop stopped>",
    "<EventLoop running>",
    "<EventLoop closed>",
    "<EventLoop stopped debug>",
  ]);
});
