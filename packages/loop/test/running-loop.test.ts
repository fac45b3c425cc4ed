import { UsageError } from "@async/futures";
import { errorOf, microtasks } from "@async/test-kit";
import { describe, expect, it } from "vitest";

import { EventLoop, getEventLoop, getRunningLoop, isDefaultLoop, newEventLoop } from "../src/index.ts";
import { virtualLoop } from "./virtual-loop.ts";

describe("getRunningLoop", () => {
  it("returns the loop of the callback, also after an await in it, of two loops side by side", async () => {
    const loops = [virtualLoop(), virtualLoop()];
    const seen: boolean[] = [];
    for (const loop of loops) {
      loop.callSoon(async () => {
        seen.push(getRunningLoop() === loop);
        await microtasks();
        seen.push(getRunningLoop() === loop);
      });
    }
    await Promise.all(loops.map((loop) => loop.runUntilIdle()));
    await microtasks();
    expect(seen).toEqual([true, true, true, true]);
  });

  it("throws outside of callbacks and tasks, also while a loop runs", async () => {
    const loop = virtualLoop();
    expect(getRunningLoop).toThrow(
      new UsageError("There is no running event loop here: no task and no callback; use getEventLoop()"),
    );
    const run = loop.runUntilIdle();
    expect(getRunningLoop).toThrow(UsageError);
    await run;
  });
});

describe("getEventLoop", () => {
  it("returns the loop of the callback, else the default loop, always the same", async () => {
    const loop = virtualLoop();
    const seen: unknown[] = [];
    loop.callSoon(() => seen.push(getEventLoop() === loop));
    await loop.runUntilIdle();
    expect([seen, getEventLoop() === getEventLoop(), getEventLoop() === loop]).toEqual([[true], true, false]);
  });
});

describe("newEventLoop", () => {
  it("makes a loop on which nothing runs yet", () => {
    const loop = newEventLoop();
    expect([loop.isRunning(), loop.isClosed(), isDefaultLoop(loop)]).toEqual([false, false, false]);
  });
});

describe("the default loop", () => {
  it("is driven by the host: callbacks run without further ado", async () => {
    const value = await new Promise((resolve) => getEventLoop().callSoon(resolve, 1));
    const later = await new Promise((resolve) => getEventLoop().callLater(1, resolve, 2));
    expect([value, later, isDefaultLoop(getEventLoop()), getEventLoop().isRunning()]).toEqual([
      1,
      2,
      true,
      true,
    ]);
  });

  it("cannot be run, stopped or closed: it is the host's", async () => {
    const loop = getEventLoop();
    expect(await errorOf(loop.runForever())).toBeInstanceOf(UsageError);
    expect(() => loop.close()).toThrow(UsageError);
    expect(() => loop.stop()).toThrow(UsageError);
    expect(await new Promise((resolve) => loop.callSoon(resolve, "still alive"))).toBe("still alive");
  });

  it("lets another loop be run from its callbacks", async () => {
    const outcome = new Promise((resolve, reject) => {
      getEventLoop().callSoon(async () => {
        const loop = new EventLoop();
        const future = loop.createFuture<number>();
        loop.callSoon(() => future.setResult(1));
        await loop.runUntilComplete(future).then(resolve, reject);
      });
    });
    expect(await outcome).toBe(1);
  });
});
