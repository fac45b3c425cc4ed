import { AsyncLocalStorage } from "node:async_hooks";

import { UsageError } from "@async/futures";
import { programRunner } from "@async/test-kit";
import { afterEach, describe, expect, it } from "vitest";

import { type EventLoop, getRunningLoop } from "../src/index.ts";
import { virtualLoop } from "./virtual-loop.ts";

const runProgram = programRunner(import.meta.dirname);

describe("addSignalHandler", () => {
  const loops: EventLoop[] = [];
  const makeLoop = () => {
    const loop = virtualLoop();
    loops.push(loop);
    return loop;
  };
  afterEach(() => {
    for (const loop of loops.splice(0)) loop.close();
  });

  it("LOOP-29 has the callback run on the loop, with its arguments", async () => {
    const loop = makeLoop();
    const log: unknown[] = [];
    loop.addSignalHandler(
      "SIGUSR2",
      (...args: unknown[]) => log.push(args, getRunningLoop() === loop),
      1,
      "a",
    );
    process.emit("SIGUSR2");
    expect(log).toEqual([]);
    await loop.runUntilIdle();
    expect(log).toEqual([[1, "a"], true]);
  });

  it("LOOP-29 replaces the former callback of the signal; each signal has its own", async () => {
    const loop = makeLoop();
    const log: string[] = [];
    loop.addSignalHandler("SIGUSR2", () => log.push("first"));
    loop.addSignalHandler("SIGUSR2", () => log.push("second"));
    loop.addSignalHandler("SIGWINCH", () => log.push("other"));
    process.emit("SIGUSR2");
    process.emit("SIGWINCH");
    await loop.runUntilIdle();
    expect(log).toEqual(["second", "other"]);
  });

  it("LOOP-29 removeSignalHandler returns true, then false, and the callback is not called any more", async () => {
    const loop = makeLoop();
    const before = process.listenerCount("SIGUSR2");
    loop.addSignalHandler("SIGUSR2", () => expect.unreachable());
    expect([loop.removeSignalHandler("SIGUSR2"), loop.removeSignalHandler("SIGUSR2")]).toEqual([true, false]);
    process.emit("SIGUSR2");
    await loop.runUntilIdle();
    expect(process.listenerCount("SIGUSR2")).toBe(before);
  });

  it("runs the callback in the async context of who set it", async () => {
    const loop = makeLoop();
    const storage = new AsyncLocalStorage<string>();
    const log: unknown[] = [];
    storage.run("setter", () => loop.addSignalHandler("SIGUSR2", () => log.push(storage.getStore())));
    storage.run("other", () => process.emit("SIGUSR2"));
    await loop.runUntilIdle();
    expect(log).toEqual(["setter"]);
  });

  it("is undone when the loop closes", () => {
    const loop = makeLoop();
    const before = process.listenerCount("SIGUSR2");
    loop.addSignalHandler("SIGUSR2", () => {});
    loop.close();
    expect(process.listenerCount("SIGUSR2")).toBe(before);
  });

  it.each(["SIGNONE", "sigterm", "", "toString", 15, 0, null, undefined, Symbol("SIGTERM"), 1n])(
    "LOOP-29 refuses %s, which is no signal",
    (signal) => {
      const loop = makeLoop();
      expect(() => loop.addSignalHandler(signal as never, () => {})).toThrow(UsageError);
      expect(() => loop.removeSignalHandler(signal as never)).toThrow(UsageError);
    },
  );

  it.each(["SIGKILL", "SIGSTOP"] as const)("LOOP-29 refuses %s, which cannot be caught", (signal) => {
    expect(() => makeLoop().addSignalHandler(signal, () => {})).toThrow(
      `${signal} cannot be caught; choose another signal, such as SIGTERM`,
    );
  });

  it("LOOP-29 takes a function alone", () => {
    expect(() => makeLoop().addSignalHandler("SIGUSR2", null as never)).toThrow(TypeError);
  });
});

describe.skipIf(process.platform === "win32")(
  "in a program that sends itself SIGTERM",
  { tags: ["slow"] },
  () => {
    it("LOOP-29 the handler runs in place of the default action, which comes back with its removal", async () => {
      const ended = await runProgram(`
      import { EventLoop } from "@async/loop";
      const loop = new EventLoop();
      setTimeout(() => {}, 60_000); // keeps the process alive
      loop.addSignalHandler("SIGTERM", (name) => {
        console.log("handled", name);
        loop.stop();
      }, "SIGTERM");
      loop.callSoon(() => process.kill(process.pid, "SIGTERM"));
      await loop.runForever();
      console.log("removed", loop.removeSignalHandler("SIGTERM"));
      process.kill(process.pid, "SIGTERM");
    `);
      expect(ended).toEqual({
        exitCode: null,
        signal: "SIGTERM",
        stdout: "handled SIGTERM\nremoved true\n",
        stderr: "",
      });
    });
  },
);
