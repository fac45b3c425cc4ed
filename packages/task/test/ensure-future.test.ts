import { CancelledError, Future, UsageError } from "@async/futures";
import { EventLoop } from "@async/loop";
import { errorOf } from "@async/test-kit";
import { describe, expect, it } from "vitest";

import { Task, createTask, ensureFuture, sleep } from "../src/index.ts";
import { onVirtualTime, recordReports, virtualLoop } from "./on-virtual-time.ts";

describe("ensureFuture", () => {
  it("TASK-06 returns a future and a task as they are", () =>
    onVirtualTime(async () => {
      const future = new Future();
      const task = createTask(() => 1);
      expect([ensureFuture(future) === future, ensureFuture(task) === (task as Future)]).toEqual([
        true,
        true,
      ]);
    }));

  it("TASK-06 makes a task of a function", () =>
    onVirtualTime(async () => {
      const future = ensureFuture(async () => 42);
      expect([future instanceof Task, await future]).toEqual([true, 42]);
    }));

  it("TASK-06 wraps a promise, and any other thenable", () =>
    onVirtualTime(async () => {
      const thrown = new Error("no");
      const thenable: PromiseLike<string> = { then: (resolve) => Promise.resolve("thenable").then(resolve) };
      const outcomes = [
        await ensureFuture(Promise.resolve("promise")),
        await ensureFuture(thenable),
        await errorOf(ensureFuture(Promise.reject(thrown))),
      ];
      expect(outcomes).toEqual(["promise", "thenable", thrown]);
    }));

  it.each([[42], ["text"], [null], [undefined], [{}]])(
    "TASK-06 refuses %s, which cannot be awaited",
    (value) => {
      expect(() => ensureFuture(value as never)).toThrow(TypeError);
      expect(() => ensureFuture(value as never)).toThrow("Expected a future, a promise or a function, got ");
    },
  );

  it("TASK-06 refuses a future of another loop than the one given", () => {
    const [own, other] = [virtualLoop(), virtualLoop()];
    expect(() => ensureFuture(own.createFuture(), { loop: other })).toThrow(
      new UsageError(
        "ensureFuture: the future belongs to another loop than the one given; await it in a task of its own loop",
      ),
    );
  });

  it("gives up waiting for a promise when it is cancelled; the promise's failure is nobody's any more", async () => {
    const loop = virtualLoop();
    const reports = recordReports(loop);
    await onVirtualTime(async () => {
      const { promise, reject } = Promise.withResolvers<never>();
      const task = createTask(async () => await ensureFuture(promise));
      await sleep(0);
      task.cancel("not now");
      expect(await errorOf(task)).toEqual(new CancelledError("not now"));
      reject(new Error("too late"));
      await sleep(1);
    }, loop);
    expect(reports).toEqual([]);
  });

  it("does not take a promise's AbortError for a cancellation of the task", () =>
    onVirtualTime(async () => {
      const aborted = AbortSignal.abort().reason as Error;
      const task = createTask(async () => await ensureFuture(Promise.reject(aborted)));
      expect(await errorOf(task)).toBe(aborted);
      expect(task.cancelled()).toBe(false);
    }));

  it("refuses a closed loop", () => {
    const loop = new EventLoop();
    loop.close();
    expect(() => ensureFuture(() => 1, { loop })).toThrow(UsageError);
  });
});
