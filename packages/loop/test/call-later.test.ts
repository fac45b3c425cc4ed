import { UsageError } from "@async/futures";
import { describe, expect, it } from "vitest";

import { EventLoop } from "../src/index.ts";
import { virtualLoop } from "./virtual-loop.ts";

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
