import { AsyncLocalStorage } from "node:async_hooks";
import { inspect } from "node:util";

import { currentAwaiter } from "@async/futures/port";
import { microtasks, programRunner } from "@async/test-kit";
import { describe, expect, it } from "vitest";

import { getRunningLoop } from "../src/index.ts";
import { recordReports, virtualLoop } from "./virtual-loop.ts";

const runProgram = programRunner(import.meta.dirname);

describe("a handle", () => {
  it("LOOP-03 cancelled before its turn is skipped, also by an earlier callback of the same turn", async () => {
    const loop = virtualLoop();
    const log: string[] = [];
    loop.callSoon(() => handle.cancel());
    const handle = loop.callSoon(() => log.push("cancelled"));
    loop.callSoon(() => log.push("last"));
    loop.callSoon(() => log.push("cancelled at once")).cancel();
    await loop.runUntilIdle();
    expect(log).toEqual(["last"]);
  });

  it("LOOP-09 says that it is cancelled, any number of times", () => {
    const loop = virtualLoop();
    const handle = loop.callSoon(() => {});
    expect(handle.cancelled()).toBe(false);
    handle.cancel();
    handle.cancel();
    expect(handle.cancelled()).toBe(true);
  });

  it("LOOP-09 drops its callback and arguments when it is cancelled", { tags: ["slow"] }, async () => {
    const { stdout } = await runProgram(
      `
        import { EventLoop } from "@async/loop";
        const loop = new EventLoop();
        const held = [];
        const weak = [];
        const schedule = (cancel) => {
          const [callback, argument] = [() => {}, {}];
          weak.push(new WeakRef(callback), new WeakRef(argument));
          for (const handle of [loop.callSoon(callback, argument), loop.callLater(1e6, callback, argument)]) {
            held.push(handle);
            if (cancel) handle.cancel();
          }
        };
        schedule(true);
        schedule(false);
        await new Promise((resolve) => setImmediate(resolve));
        gc();
        console.log(weak.map((reference) => reference.deref() !== undefined).join());
      `,
      "--expose-gc",
    );
    expect(stdout).toBe("false,false,true,true\n");
  });

  it("cancelled after it has run changes nothing", async () => {
    const loop = virtualLoop();
    const log: string[] = [];
    const handles = [loop.callSoon(() => log.push("soon")), loop.callLater(1, () => log.push("later"))];
    await loop.runUntilIdle();
    for (const handle of handles) handle.cancel();
    await loop.runUntilIdle();
    expect(log).toEqual(["soon", "later"]);
  });

  it("runs in the async context of who scheduled it, which its own handles take over", async () => {
    const loop = virtualLoop();
    const storage = new AsyncLocalStorage<string>();
    const log: unknown[] = [];
    const note = () => log.push(storage.getStore());
    storage.run("a", () => {
      loop.callSoon(() => {
        note();
        loop.callLater(1, note);
      });
    });
    storage.run("b", () => loop.callLater(1, note));
    loop.callSoon(note);
    await loop.runUntilIdle();
    expect([log, storage.getStore()]).toEqual([["a", undefined, "b", "a"], undefined]);
  });

  it("runs with no current task, on its loop, also after an await inside it", async () => {
    const loop = virtualLoop();
    const seen: unknown[] = [];
    const look = () => seen.push([currentAwaiter()?.task, getRunningLoop() === loop]);
    loop.callSoon(async () => {
      look();
      await microtasks();
      look();
    });
    await loop.runUntilIdle();
    expect(seen).toEqual([
      [null, true],
      [null, true],
    ]);
  });

  it("LOOP-16 that throws does not stop the loop: the exception handler gets message, exception and handle", async () => {
    const loop = virtualLoop();
    const reports = recordReports(loop);
    const log: string[] = [];
    const exception = new Error("boom");
    const handle = loop.callSoon(function faulty() {
      throw exception;
    });
    loop.callSoon(() => log.push("after"));
    await loop.runUntilIdle();
    expect(log).toEqual(["after"]);
    expect(reports).toEqual([{ message: "Exception in callback <Handle faulty()>", exception, handle }]);
  });

  it("LOOP-16 reports the place where it was made too, in debug mode", async () => {
    const loop = virtualLoop({ debug: true });
    const reports = recordReports(loop);
    loop.callSoon(() => {
      throw new Error("boom");
    });
    await loop.runUntilIdle();
    expect(reports[0]?.createdAt).toContain("handle.test.ts");
  });

  it("whose callback is async and fails is reported too", async () => {
    const loop = virtualLoop();
    const reports = recordReports(loop);
    loop.callSoon(async () => {
      await microtasks();
      throw new Error("later");
    });
    await loop.runUntilIdle();
    await microtasks();
    expect(reports.map(({ exception }) => exception)).toEqual([new Error("later")]);
  });

  it("shows its callback, or that it is cancelled", () => {
    const loop = virtualLoop();
    const [soon, later] = [loop.callSoon(function work() {}), loop.callLater(1, () => {})];
    expect([String(soon), inspect(later)]).toEqual(["<Handle work()>", "<TimerHandle anonymous()>"]);
    soon.cancel();
    expect(String(soon)).toBe("<Handle cancelled>");
  });
});

describe("a timer handle", () => {
  it("LOOP-04 knows its deadline, in the time of its loop", async () => {
    const loop = virtualLoop();
    const handles = [loop.callLater(10, () => {}), loop.callAt(25, () => {})];
    await loop.runUntilIdle();
    handles.push(loop.callLater(10, () => {}));
    expect(handles.map((handle) => handle.when())).toEqual([10, 25, 35]);
  });

  it("LOOP-10 is compared with another by its deadline, also once it is cancelled", () => {
    const loop = virtualLoop();
    const [early, late, tie] = [10, 20, 20].map((when) => loop.callAt(when, () => {})) as [
      never,
      never,
      never,
    ];
    const compare = (a: { when(): number }, b: { when(): number }) => Math.sign(a.when() - b.when());
    expect([compare(early, late), compare(late, early), compare(late, tie)]).toEqual([-1, 1, 0]);
    (tie as { cancel(): void }).cancel();
    expect(compare(late, tie)).toBe(0);
  });
});
