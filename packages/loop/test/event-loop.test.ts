import { Future, UsageError } from "@async/futures";
import { describe, expect, it } from "vitest";

import { EventLoop } from "../src/index.ts";
import { microtasks, recordReports, virtualLoop } from "./virtual-loop.ts";
import { rejectionOf, thrownBy } from "./thrown-by.ts";

describe("callSoon", () => {
  it("LOOP-01 runs callbacks first in first out, with their arguments", async () => {
    const loop = virtualLoop();
    const log: unknown[] = [];
    loop.callSoon((...args: unknown[]) => log.push(args), 1, "a");
    loop.callSoon((...args: unknown[]) => log.push(args));
    loop.callSoon((...args: unknown[]) => log.push(args), null);
    await loop.runUntilIdle();
    expect(log).toEqual([[1, "a"], [], [null]]);
  });

  it("LOOP-02 runs what a callback schedules on the next turn, after all of this one", async () => {
    const loop = virtualLoop();
    const log: string[] = [];
    for (const name of ["a", "b"]) {
      loop.callSoon(() => {
        log.push(name);
        loop.callSoon(() => log.push(`${name}, next turn`));
      });
    }
    await loop.runUntilIdle();
    expect(log).toEqual(["a", "b", "a, next turn", "b, next turn"]);
  });

  it("drains the microtasks between two callbacks", async () => {
    const loop = virtualLoop();
    const log: string[] = [];
    loop.callSoon(async () => {
      log.push("a");
      for (let step = 1; step <= 3; step += 1) {
        await Promise.resolve();
        log.push(`a ${step}`);
      }
    });
    loop.callSoon(() => log.push("b"));
    await loop.runUntilIdle();
    expect(log).toEqual(["a", "a 1", "a 2", "a 3", "b"]);
  });

  it("LOOP-25 called by the host wakes a sleeping loop at once, and keeps the order", async () => {
    const loop = new EventLoop();
    const log: string[] = [];
    const far = loop.callLater(3_600_000, () => {});
    setImmediate(() => {
      for (const name of ["a", "b", "c"]) loop.callSoon(() => log.push(name));
      loop.callSoon(() => far.cancel());
    });
    await loop.runUntilIdle();
    expect(log).toEqual(["a", "b", "c"]);
  });

  it.each(["callSoon", "callLater", "callAt"] as const)("LOOP-20 %s takes a function alone", (method) => {
    const loop = virtualLoop({ debug: true });
    const args = method === "callSoon" ? [] : [1];
    for (const callback of [null, undefined, "name", {}, Promise.resolve()]) {
      expect(() => (loop[method] as (...args: unknown[]) => void)(...args, callback)).toThrow(TypeError);
    }
    expect(() => loop.callSoon(null as never)).toThrow("callSoon takes a function, got null");
    expect(loop.isIdle()).toBe(true);
  });
});

describe("callLater and callAt", () => {
  it("run callbacks by deadline; those with equal deadlines in the order in which they were set", async () => {
    const loop = virtualLoop();
    const log: string[] = [];
    const note = (name: string) => log.push(`${name} at ${loop.time()}`);
    loop.callLater(20, note, "late");
    loop.callAt(10, note, "a");
    loop.callLater(10, note, "b");
    loop.callAt(10, note, "c");
    loop.callLater(0, note, "now");
    loop.callSoon(note, "soon");
    await loop.runUntilIdle();
    expect(log).toEqual(["soon at 0", "now at 0", "a at 10", "b at 10", "c at 10", "late at 20"]);
  });

  it("LOOP-04 take a number of milliseconds", () => {
    const loop = virtualLoop();
    for (const time of [null, undefined, "1", 1n, {}]) {
      expect(() => loop.callLater(time as never, () => {})).toThrow(TypeError);
      expect(() => loop.callAt(time as never, () => {})).toThrow(TypeError);
    }
    expect(() => loop.callLater(Number.NaN, () => {})).toThrow(
      new UsageError("callLater: delay is NaN; pass milliseconds"),
    );
    expect(() => loop.callAt(Number.NaN, () => {})).toThrow(
      new UsageError("callAt: when is NaN; pass milliseconds"),
    );
    expect(loop.isIdle()).toBe(true);
  });

  it("with a deadline in the past run on the next turn", async () => {
    const loop = virtualLoop();
    const log: number[] = [];
    loop.callLater(-5, () => log.push(loop.time()));
    loop.callAt(-Infinity, () => log.push(loop.time()));
    await loop.runUntilIdle();
    expect(log).toEqual([0, 0]);
  });

  it("LOOP-06 never run early, on the host's time", async () => {
    const loop = new EventLoop();
    const early: number[] = [];
    for (const delay of [0, 0.1, 0.5, 1, 1.5, 2.3, 5, 7.9]) {
      const timer = loop.callLater(delay, () => {
        if (loop.time() < timer.when()) early.push(delay);
      });
    }
    await loop.runUntilIdle();
    expect(early).toEqual([]);
  });

  it("never run when the delay is Infinity, and do not keep a run from being idle", async () => {
    const loop = virtualLoop();
    loop.callLater(Infinity, () => expect.unreachable());
    await loop.runUntilIdle();
    expect([loop.isIdle(), loop.time()]).toEqual([true, 0]);
  });

  it("LOOP-30 do not spin, however small the delays are", async () => {
    let readings = 0;
    const clock = { now: () => (readings += 1) && performance.now() };
    const loop = new EventLoop({ clock });
    const delays = [1e-9, 1e-6, 1e-3, 1e-2, 0.1, 1];
    const next = () => {
      const delay = delays.pop();
      if (delay !== undefined) loop.callLater(delay, next);
    };
    next();
    await loop.runUntilIdle();
    expect(readings).toBeLessThan(100);
  });
});

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
    expect(await rejectionOf(loop.runUntilComplete(failed))).toBe(error);
    expect(await rejectionOf(loop.runUntilComplete(cancelled))).toMatchObject({ reason: "why" });
    expect(loop.time()).toBe(30);
  });

  it("takes a promise, and a future without a loop", async () => {
    const loop = virtualLoop();
    const future = new Future<number>();
    setImmediate(() => future.setResult(2));
    expect(await loop.runUntilComplete(microtasks().then(() => 1))).toBe(1);
    expect(await loop.runUntilComplete(future)).toBe(2);
    const error = new Error("boom");
    expect(await rejectionOf(loop.runUntilComplete(Promise.reject(error)))).toBe(error);
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
    expect(await rejectionOf(loop.runUntilComplete(future))).toEqual(
      new UsageError("The loop was stopped before the future was done; stop it only after it"),
    );
    expect(String(future)).toBe("<Future pending>");
  });

  it.each([null, undefined, 1, () => {}, {}])("refuses %s, which is neither", async (value) => {
    const error = await rejectionOf(virtualLoop().runUntilComplete(value as never));
    expect(error).toBeInstanceOf(TypeError);
    expect(String(error)).toContain("runUntilComplete takes a future or a promise, got");
  });

  it("refuses a future of another loop, which would never wake this one", { timeout: 1000 }, async () => {
    const [loop, other] = [virtualLoop(), virtualLoop()];
    expect(await rejectionOf(loop.runUntilComplete(other.createFuture()))).toBeInstanceOf(UsageError);
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
        errors.push(await rejectionOf(runs[name]!(loop)), await rejectionOf(runs[name]!(other)));
      });
      await loop.runUntilIdle();
      await microtasks();
      expect(errors.map(String)).toEqual([
        `UsageError: ${name}: this event loop is running already; await the future instead`,
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
      expect(await rejectionOf(run)).toBeInstanceOf(UsageError);
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
