/** What `run`, `Runner` and `createTask` refuse, without any effect; and what they must not refuse. */
import { UsageError, isCancelled } from "@async/futures";
import { EventLoop, getEventLoop } from "@async/loop";
import { errorOf } from "@async/test-kit";
import { describe, expect, it } from "vitest";

import { type Coroutine, Runner, allTasks, createTask, run, sleep } from "../src/index.ts";
import { onVirtualTime, virtualLoop } from "./on-virtual-time.ts";

describe("run on a loop that runs", () => {
  it("is refused on the default loop, and cancels nothing there", async () => {
    const log: string[] = [];
    const task = createTask(() => sleep(2, "went on"));
    const error = await errorOf(run(() => log.push("main started"), { loop: getEventLoop() }));
    expect([error instanceof UsageError, await task, log, getEventLoop().isClosed()]).toEqual([
      true,
      "went on",
      [],
      false,
    ]);
  });

  it("is refused on the loop of another run, which goes on to its end", async () => {
    const loop = virtualLoop();
    const log: string[] = [];
    const first = onVirtualTime(() => sleep(10, "first"), loop);
    const error = await errorOf(run(() => log.push("main started"), { loop }));
    expect([error instanceof UsageError, await first, log, loop.isClosed()]).toEqual([
      true,
      "first",
      [],
      true,
    ]);
  });
});

describe("Runner.close during its run", () => {
  it("is refused without effect: the run goes on, and the runner can be closed after it", async () => {
    const loop = virtualLoop();
    const runner = new Runner({ loop });
    const log: string[] = [];
    const result = await runner.run(async () => {
      const left = createTask(() => sleep(10, "not cancelled"));
      const error = await errorOf(runner.close());
      log.push(error.name, await left);
      void createTask(() => sleep(1e6).finally(() => log.push("cleaned up")));
      await sleep(1);
      return "result";
    });
    expect([result, log, loop.isClosed()]).toEqual(["result", ["UsageError", "not cancelled"], false]);
    await runner.close();
    expect([log.at(-1), loop.isClosed(), allTasks(loop).size]).toEqual(["cleaned up", true, 0]);
  });
});

describe("run in a host callback that a run has made", () => {
  it.each([
    ["setTimeout", (callback: () => void) => void setTimeout(callback, 1)],
    ["setImmediate", (callback: () => void) => void setImmediate(callback)],
  ])("is allowed once that run has ended: %s", async (_, schedule) => {
    const ended = Promise.withResolvers<unknown>();
    const second = Promise.withResolvers<number>();
    await run(async () => {
      schedule(() => second.resolve(ended.promise.then(() => run(() => sleep(1, 42)))));
    });
    ended.resolve(null);
    expect(await second.promise).toBe(42);
  });
});

describe("createTask", () => {
  const f: Coroutine<number> = async () => 1;

  it.each([
    ["a name in place of the options", "name"],
    ["a number in place of the options", 1],
    ["a function in place of the options", () => {}],
    ["null in place of the options", null],
    ["a loop that is none", { loop: {} }],
    ["a name in place of a loop", { loop: "loop" }],
    ["null in place of a loop", { loop: null }],
  ])("refuses %s, and starts nothing", (_, options) =>
    onVirtualTime(async ({ loop }) => {
      expect(() => createTask(f, options as never)).toThrow(TypeError);
      expect(allTasks(loop).size).toBe(1);
    }),
  );
});

describe("close of a loop on which a task was to start", () => {
  it("ends the task cancelled: its function never runs, and awaiting it rejects", async () => {
    const loop = new EventLoop();
    const log: string[] = [];
    const task = createTask(() => log.push("runs"), { loop });
    const awaited = createTask(() => log.push("runs"), { loop });
    const waiting = errorOf(awaited.finally(() => log.push("waiter resumed")));
    loop.close();
    expect([task.done(), task.cancelled(), allTasks(loop).size]).toEqual([true, true, 0]);
    expect(isCancelled(await errorOf(task))).toBe(true);
    expect(isCancelled(await waiting)).toBe(true);
    expect(log).toEqual(["waiter resumed"]);
  });
});
