import { afterEach, describe, expect, it, vi } from "vitest";

import { callAfter } from "../src/timer.ts";
import { ManualScheduler } from "./manual-scheduler.ts";

describe("callAfter", () => {
  afterEach(() => {
    vi.useRealTimers();
  });

  it("uses the scheduler's time where there is one", async () => {
    const scheduler = new ManualScheduler();
    const log: string[] = [];
    callAfter(scheduler, 3_600_000, () => log.push("called"));
    callAfter(scheduler, 10, () => log.push("cancelled")).cancel();
    await scheduler.advance(3_600_000);
    expect(log).toEqual(["called"]);
  });

  /** The module captures its timers when it is imported. */
  async function onFakeTime(): Promise<typeof callAfter> {
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
    vi.resetModules();
    return (await import("../src/timer.ts")).callAfter;
  }

  it("uses the host's time where there is none", async () => {
    const callAfterOnHost = await onFakeTime();
    const log: string[] = [];
    callAfterOnHost(null, 10, () => log.push("called"));
    callAfterOnHost(null, 10, () => log.push("cancelled")).cancel();
    vi.advanceTimersByTime(9);
    expect(log).toEqual([]);
    vi.advanceTimersByTime(1);
    expect(log).toEqual(["called"]);
  });

  it("waits longer than the 24.8 days of setTimeout", async () => {
    const callAfterOnHost = await onFakeTime();
    const log: string[] = [];
    const days = 86_400_000;
    callAfterOnHost(null, 30 * days, () => log.push("after 30 days"));
    callAfterOnHost(null, 60 * days, () => log.push("cancelled on the way")).cancel();
    callAfterOnHost(null, Infinity, () => log.push("never"));
    vi.advanceTimersByTime(30 * days - 1);
    expect(log).toEqual([]);
    vi.advanceTimersByTime(1);
    expect(log).toEqual(["after 30 days"]);
    vi.advanceTimersByTime(1000 * days);
    expect(log).toEqual(["after 30 days"]);
  });

  it("goes on under the fake timers of a test runner", async () => {
    vi.useFakeTimers({ toFake: ["setTimeout"] });
    await new Promise<void>((resolve) => callAfter(null, 1, resolve));
    expect(vi.getTimerCount()).toBe(0);
  });
});
