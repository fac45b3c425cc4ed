import { describe, expect, it } from "vitest";

import { EventLoop } from "../src/index.ts";
import { virtualLoop } from "./virtual-loop.ts";

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
