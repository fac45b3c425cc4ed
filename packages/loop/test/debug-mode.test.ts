import { UsageError } from "@async/futures";
import { afterEach, describe, expect, it, vi } from "vitest";

import { EventLoop, getEventLoop } from "../src/index.ts";
import { recordReports, virtualLoop } from "./virtual-loop.ts";

afterEach(() => {
  vi.unstubAllEnvs();
  vi.restoreAllMocks();
});

describe("debug mode", () => {
  it("LOOP-21 is switched on by ASYNC_DEBUG=1; an explicit flag wins", () => {
    const seen = ["1", "0", "", undefined].map((value) => {
      vi.stubEnv("ASYNC_DEBUG", value);
      return [
        new EventLoop().debug,
        new EventLoop({ debug: true }).debug,
        new EventLoop({ debug: false }).debug,
      ];
    });
    expect(seen).toEqual([
      [true, true, false],
      [false, true, false],
      [false, true, false],
      [false, true, false],
    ]);
  });

  it("can be switched while the loop is used", () => {
    const loop = virtualLoop();
    loop.debug = true;
    expect([loop.debug, String(loop)]).toEqual([true, "<EventLoop stopped debug>"]);
  });

  it.each([true, false])(
    "LOOP-19 with debug %s, a call into a loop from a callback of another is checked",
    async (debug) => {
      const [here, there] = [virtualLoop(), virtualLoop({ debug })];
      const reports = recordReports(here);
      const calls = {
        callSoon: () => there.callSoon(function work() {}),
        callLater: () => there.callLater(1, function work() {}),
        callAt: () => there.callAt(1, function work() {}),
      };
      for (const call of Object.values(calls)) here.callSoon(call);
      await here.runUntilIdle();
      expect(reports.map(({ exception }) => exception)).toEqual(
        debug
          ? Object.keys(calls).map(
              (name) =>
                new UsageError(
                  `${name}(work()) is called on <EventLoop stopped debug> from a task or callback of another loop`,
                ),
            )
          : [],
      );
    },
  );

  it("LOOP-19 a callback of the host may call into any loop", async () => {
    const loop = virtualLoop({ debug: true });
    const log: string[] = [];
    await new Promise<void>((resolve) =>
      setImmediate(() => {
        loop.callSoon(() => log.push("called"));
        resolve();
      }),
    );
    await loop.runUntilIdle();
    expect(log).toEqual(["called"]);
  });

  it("LOOP-22 warns of a slow callback, with its name and duration", async () => {
    const warnings = vi.spyOn(process, "emitWarning").mockImplementation(() => {});
    const loop = virtualLoop({ debug: true });
    loop.slowCallbackDuration = 0;
    loop.callSoon(function work() {});
    await loop.runUntilIdle();
    expect(warnings.mock.calls).toEqual([
      [expect.stringMatching(/^Executing <Handle work\(\)> took \d+ ms$/), "SlowCallbackWarning"],
    ]);
  });

  it("LOOP-22 warns of what a callback woke, too: the microtasks count", async () => {
    const warnings = vi.spyOn(process, "emitWarning").mockImplementation(() => {});
    const loop = virtualLoop({ debug: true });
    loop.slowCallbackDuration = 30;
    loop.callSoon(async function work() {
      await Promise.resolve();
      const end = performance.now() + 31;
      while (performance.now() < end);
    });
    loop.callSoon(function quick() {});
    await loop.runUntilIdle();
    expect(warnings.mock.calls.map(([message]) => String(message).replace(/\d+ ms/, "N ms"))).toEqual([
      "Executing <Handle work()> took N ms",
    ]);
  });

  it("LOOP-22 does not warn of quick callbacks, nor without debug mode", async () => {
    const warnings = vi.spyOn(process, "emitWarning").mockImplementation(() => {});
    const [debugging, plain] = [virtualLoop({ debug: true }), virtualLoop()];
    debugging.slowCallbackDuration = Infinity;
    plain.slowCallbackDuration = 0;
    for (const loop of [debugging, plain]) loop.callSoon(() => {});
    await Promise.all([debugging.runUntilIdle(), plain.runUntilIdle()]);
    expect([warnings.mock.calls, new EventLoop().slowCallbackDuration]).toEqual([[], 100]);
  });

  it("FUT-20 shows where a future was made", () => {
    expect(String(virtualLoop({ debug: true }).createFuture())).toMatch(
      /^<Future pending created at .*debug-mode\.test\.ts:\d+:\d+\)?>$/,
    );
    expect(String(virtualLoop().createFuture())).toBe("<Future pending>");
  });

  it("is off by default in the default loop", () => {
    expect(getEventLoop().debug).toBe(false);
  });
});
