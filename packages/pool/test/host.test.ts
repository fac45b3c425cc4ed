import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";

/** The longest that the host's `setTimeout` can wait. */
const LONGEST = 2 ** 31 - 1;

/** The module keeps the timers that it finds when it is imported: here those of a clock that the test moves. */
async function importHost() {
  vi.resetModules();
  return import("../src/host.ts");
}

describe("afterDelay", () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  it.each([1000, LONGEST, LONGEST + 1, 1e10, 3 * LONGEST, 1e12])("calls back after %d ms", async (delay) => {
    const { afterDelay } = await importHost();
    const callback = vi.fn<() => void>();
    afterDelay(delay, callback);
    vi.advanceTimersByTime(delay - 1000);
    expect(callback).not.toHaveBeenCalled();
    vi.advanceTimersByTime(2000);
    expect(callback).toHaveBeenCalledOnce();
    expect(vi.getTimerCount()).toBe(0);
  });

  it("sets no timer for Infinity", async () => {
    const { afterDelay } = await importHost();
    expect(afterDelay(Infinity, () => {})).toBeUndefined();
    expect(vi.getTimerCount()).toBe(0);
  });

  it("never asks more of the host than it can wait, whatever the number", async () => {
    const { afterDelay } = await importHost();
    const callback = vi.fn<() => void>();
    for (let exponent = 31; exponent < 1024; exponent += 1) afterDelay(1.1 * 2 ** exponent, callback);
    vi.advanceTimersByTime(LONGEST / 2);
    expect(callback).not.toHaveBeenCalled();
  });

  it("gives a timer that can be cleared, before its first step and after it", async () => {
    const { afterDelay, clearTimeout } = await importHost();
    const callback = vi.fn<() => void>();
    const [early, late] = [afterDelay(1e10, callback), afterDelay(1e10, callback)];
    clearTimeout(early);
    vi.advanceTimersByTime(5e9);
    clearTimeout(late);
    vi.advanceTimersByTime(1e11);
    expect(callback).not.toHaveBeenCalled();
    expect(vi.getTimerCount()).toBe(0);
  });
});
