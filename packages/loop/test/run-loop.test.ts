import { Future, UsageError } from "@async/futures";
import { errorOf, microtasks, thrownBy } from "@async/test-kit";
import { describe, expect, it } from "vitest";

import { EventLoop } from "../src/index.ts";
import { virtualLoop } from "./virtual-loop.ts";

describe("runUntilComplete", () => {
  it("settles as the future does", async () => {
    const loop = virtualLoop();
    const [finished, failed, cancelled] = [
      loop.createFuture<number>(),
      loop.createFuture(),
      loop.createFuture(),
    ];
    const error = new Error("boom");
    loop.callLater(10, () => finished.setResult(1));
    loop.callLater(20, () => failed.setException(error));
    loop.callLater(30, () => cancelled.cancel("why"));
    expect(await loop.runUntilComplete(finished)).toBe(1);
    expect(await errorOf(loop.runUntilComplete(failed))).toBe(error);
    expect(await errorOf(loop.runUntilComplete(cancelled))).toMatchObject({ reason: "why" });
    expect(loop.time()).toBe(30);
  });

  it("takes a promise, and a future without a loop", async () => {
    const loop = virtualLoop();
    const future = new Future<number>();
    setImmediate(() => future.setResult(2));
    expect(await loop.runUntilComplete(microtasks().then(() => 1))).toBe(1);
    expect(await loop.runUntilComplete(future)).toBe(2);
    const error = new Error("boom");
    expect(await errorOf(loop.runUntilComplete(Promise.reject(error)))).toBe(error);
  });

  it("rejects with the very thing that the promise was rejected with, also an error class", async () => {
    expect(await errorOf(virtualLoop().runUntilComplete(Promise.reject(RangeError)))).toBe(RangeError);
  });

  it("leaves what else is scheduled for the next run", async () => {
    const loop = virtualLoop();
    const log: string[] = [];
    loop.callLater(10, () => log.push("later"));
    const future = loop.createFuture();
    loop.callSoon(() => future.setResult(1));
    await loop.runUntilComplete(future);
    expect(log).toEqual([]);
    await loop.runUntilIdle();
    expect(log).toEqual(["later"]);
  });

  it("throws a UsageError when the loop is stopped before, and leaves no callback behind", async () => {
    const loop = virtualLoop();
    const future = loop.createFuture();
    loop.callSoon(() => loop.stop());
    expect(await errorOf(loop.runUntilComplete(future))).toEqual(
      new UsageError("The loop was stopped before the future was done; stop it only after it"),
    );
    expect(String(future)).toBe("<Future pending>");
  });

  it.each([null, undefined, 1, () => {}, {}])("refuses %s, which is neither", async (value) => {
    const error = await errorOf(virtualLoop().runUntilComplete(value as never));
    expect(error).toBeInstanceOf(TypeError);
    expect(String(error)).toContain("runUntilComplete takes a future or a promise, got");
  });

  it("refuses a future of another loop, which would never wake this one", { timeout: 1000 }, async () => {
    const [loop, other] = [virtualLoop(), virtualLoop()];
    expect(await errorOf(loop.runUntilComplete(other.createFuture()))).toBeInstanceOf(UsageError);
    expect(loop.isRunning()).toBe(false);
  });
});

describe("runForever and stop", () => {
  it("LOOP-11 stop() lets the turn finish, and what it scheduled waits for the next run", async () => {
    const loop = virtualLoop();
    const log: string[] = [];
    loop.callSoon(() => {
      loop.stop();
      loop.callSoon(() => log.push("next run"));
    });
    loop.callSoon(() => log.push("same turn"));
    await loop.runForever();
    expect([log, loop.isRunning()]).toEqual([["same turn"], false]);
    await loop.runUntilIdle();
    expect(log).toEqual(["same turn", "next run"]);
  });

  it("LOOP-11 a run that was stopped before it began ends after one turn", async () => {
    const loop = virtualLoop();
    const log: string[] = [];
    loop.callSoon(() => {
      log.push("first turn");
      loop.callSoon(() => log.push("second turn"));
    });
    loop.stop();
    await loop.runForever();
    expect(log).toEqual(["first turn"]);
  });

  it("stop() called by the host wakes a loop that sleeps", async () => {
    const loop = new EventLoop();
    loop.callLater(3_600_000, () => {});
    setImmediate(() => loop.stop());
    await loop.runForever();
    expect(loop.isRunning()).toBe(false);
    loop.close();
  });

  it("a loop runs again after it was stopped, and its time goes on", async () => {
    const loop = virtualLoop();
    for (let round = 1; round <= 3; round += 1) {
      loop.callLater(10, () => loop.stop());
      await loop.runForever();
      expect(loop.time()).toBe(10 * round);
    }
  });
});

describe("runUntilIdle", () => {
  it("runs until no callback is ready and no timer is left; futures may still be pending", async () => {
    const loop = virtualLoop();
    const future = loop.createFuture();
    let left = 3;
    const tick = () => {
      left -= 1;
      if (left > 0) loop.callLater(1000, tick);
    };
    tick();
    await loop.runUntilIdle();
    expect([left, loop.time(), future.done(), loop.isIdle()]).toEqual([0, 2000, false, true]);
  });

  it("says whether it ran out of work: true, or false if it was stopped, also before it began", async () => {
    const loop = virtualLoop();
    const outcomes = [await loop.runUntilIdle()];
    loop.callSoon(() => loop.stop());
    outcomes.push(await loop.runUntilIdle());
    loop.stop();
    outcomes.push(await loop.runUntilIdle(), await loop.runUntilIdle());
    expect(outcomes).toEqual([true, false, false, true]);
  });

  it("ends at once when there is nothing to do", async () => {
    const loops = [virtualLoop(), new EventLoop()];
    await Promise.all(loops.map((loop) => loop.runUntilIdle()));
    expect(loops.map((loop) => loop.isRunning())).toEqual([false, false]);
  });

  it("ends when the last timer is cancelled by the host", { timeout: 1000 }, async () => {
    const loop = new EventLoop();
    const timer = loop.callLater(3_600_000, () => {});
    setTimeout(() => timer.cancel(), 1);
    await loop.runUntilIdle();
    expect(loop.isIdle()).toBe(true);
  });
});

describe("a running loop", () => {
  const runs: Record<string, (loop: EventLoop) => Promise<unknown>> = {
    runForever: (loop) => loop.runForever(),
    runUntilIdle: (loop) => loop.runUntilIdle(),
    runUntilComplete: (loop) => loop.runUntilComplete(Promise.resolve()),
  };

  it.each(Object.keys(runs))(
    "LOOP-13 cannot be started again, nor another inside it, by %s",
    async (name) => {
      const [loop, other] = [virtualLoop(), virtualLoop()];
      const errors: unknown[] = [];
      loop.callSoon(async () => {
        errors.push(await errorOf(runs[name]!(loop)), await errorOf(runs[name]!(other)));
      });
      await loop.runUntilIdle();
      await microtasks();
      expect(errors.map(String)).toEqual([
        `UsageError: ${name}: this event loop is running already; await the work in it instead`,
        `UsageError: ${name}: another event loop is running here; await the work in it instead`,
      ]);
      expect([loop.isRunning(), other.isRunning()]).toEqual([false, false]);
    },
  );

  it("may run beside another, each in its own order and time", async () => {
    const log: string[] = [];
    const loops = ["a", "b"].map((name) => {
      const loop = virtualLoop();
      loop.callLater(20, () => log.push(`${name} ${loop.time()}`));
      loop.callLater(10, () => log.push(`${name} ${loop.time()}`));
      return loop;
    });
    await Promise.all(loops.map((loop) => loop.runUntilIdle()));
    expect(log.filter((entry) => entry.startsWith("a"))).toEqual(["a 10", "a 20"]);
    expect(log.filter((entry) => entry.startsWith("b"))).toEqual(["b 10", "b 20"]);
  });

  it("LOOP-15 cannot be closed", async () => {
    const loop = virtualLoop();
    const log: unknown[] = [];
    loop.callSoon(() => log.push(thrownBy(() => loop.close())));
    await loop.runUntilIdle();
    expect(log).toEqual([
      new UsageError("A running event loop cannot be closed; stop it and await the end of its run"),
    ]);
    expect(loop.isClosed()).toBe(false);
  });

  it("says so", async () => {
    const loop = virtualLoop();
    const log = [loop.isRunning()];
    loop.callSoon(() => log.push(loop.isRunning()));
    await loop.runUntilIdle();
    log.push(loop.isRunning());
    expect(log).toEqual([false, true, false]);
  });
});
