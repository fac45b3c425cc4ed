import { afterEach, describe, expect, it, vi } from "vitest";

import { EventLoop } from "../src/index.ts";
import { afterMicrotasks } from "../src/host.ts";

afterEach(() => {
  vi.useRealTimers();
});

describe("a loop on the host's time", () => {
  it("goes on under the fake timers of a test runner", { timeout: 1000 }, async () => {
    const loop = new EventLoop();
    const log: string[] = [];
    vi.useFakeTimers();
    loop.callSoon(() => log.push("soon"));
    loop.callLater(2, () => log.push("later"));
    await loop.runUntilIdle();
    expect(log).toEqual(["soon", "later"]);
  });

  it("waits longer than the 24.8 days of setTimeout", async () => {
    const days = 86_400_000;
    // The module captures the host's functions when it is imported: these are fake, and the test moves the time.
    vi.useFakeTimers({
      toFake: ["setTimeout", "clearTimeout", "setImmediate", "clearImmediate", "performance"],
    });
    vi.resetModules();
    const fresh = await import("../src/index.ts");
    const loop = new fresh.EventLoop();
    const start = loop.time();
    const log: number[] = [];
    loop.callLater(30 * days, () => log.push(loop.time() - start));
    loop.callLater(1, () => log.push(loop.time() - start));
    const run = loop.runUntilIdle();
    await vi.advanceTimersByTimeAsync(30 * days - 1);
    expect(log).toEqual([1]);
    await vi.advanceTimersByTimeAsync(100);
    await run;
    expect(log).toEqual([1, 30 * days]);
  });
});

describe("afterMicrotasks", () => {
  it("calls back once no microtask is left, also none that microtasks made", async () => {
    const log: string[] = [];
    await new Promise<void>((resolve) => {
      const schedule = afterMicrotasks(() => {
        log.push("after");
        resolve();
      });
      schedule();
      void (async () => {
        for (let step = 1; step <= 5; step += 1) {
          await Promise.resolve();
          log.push(`step ${step}`);
        }
      })();
    });
    expect(log).toEqual(["step 1", "step 2", "step 3", "step 4", "step 5", "after"]);
  });
});
