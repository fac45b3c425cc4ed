import { type Executor, Future, UsageError } from "@async/futures";
import { getRunningLoop } from "@async/loop";
import { errorOf } from "@async/test-kit";
import { describe, expect, it } from "vitest";

import { createTask, sleep, toThread } from "../src/index.ts";
import { onVirtualTime } from "./on-virtual-time.ts";

/** Calls on the host's next tick: an executor without threads, but with the contract of one. */
class TickExecutor implements Executor {
  readonly submitted: Future[] = [];
  readonly log: string[] = [];
  /** Calls nothing: the work waits in its queue. */
  isBusy = false;

  submit<A extends unknown[], R>(fn: (...args: A) => R, ...args: A): Future<Awaited<R>> {
    const future = new Future<Awaited<R>>();
    this.submitted.push(future);
    process.nextTick(() => {
      if (this.isBusy || !future.setRunningOrNotifyCancel()) return;
      try {
        future.setResult(fn(...args) as Awaited<R>);
      } catch (error) {
        future.setException(error);
      }
    });
    return future;
  }

  map(): never {
    throw new Error("not needed here");
  }

  starmap(): never {
    throw new Error("not needed here");
  }

  async shutdown(): Promise<void> {
    this.log.push("shut down");
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.shutdown();
  }
}

describe("toThread", () => {
  it("calls the function, with its arguments, on the default executor of the loop", () =>
    onVirtualTime(async () => {
      const executor = new TickExecutor();
      getRunningLoop().setDefaultExecutor(executor);
      const sum = toThread((a: number, b: number) => a + b, 40, 2);
      await executor.submitted[0];
      expect([await sum, executor.submitted.length]).toEqual([42, 1]);
    }));

  it("gives the error that the function throws", () =>
    onVirtualTime(async () => {
      const executor = new TickExecutor();
      getRunningLoop().setDefaultExecutor(executor);
      const thrown = new RangeError("there");
      const call = toThread(() => {
        throw thrown;
      });
      expect(await errorOf(call)).toBe(thrown);
    }));

  it("passes a cancellation of the task on to the call", () =>
    onVirtualTime(async () => {
      const executor = new TickExecutor();
      executor.isBusy = true;
      getRunningLoop().setDefaultExecutor(executor);
      const task = createTask(async () => await toThread(() => 1));
      await sleep(0);
      task.cancel();
      await errorOf(task);
      await sleep(0);
      expect([task.cancelled(), executor.submitted[0]!.cancelled()]).toEqual([true, true]);
    }));

  it("without a default executor says how to set one", () =>
    onVirtualTime(async () => {
      expect(() => toThread(() => 1)).toThrow(UsageError);
      expect(() => toThread(() => 1)).toThrow("loop.setDefaultExecutor(new ThreadPoolExecutor())");
    }));

  it("run shuts the default executor down at the end", async () => {
    const executor = new TickExecutor();
    await onVirtualTime(async () => {
      getRunningLoop().setDefaultExecutor(executor);
    });
    expect(executor.log).toEqual(["shut down"]);
  });

  it("refuses what is no function", () =>
    onVirtualTime(async () => {
      expect(() => toThread(Promise.resolve() as never)).toThrow(TypeError);
    }));
});
