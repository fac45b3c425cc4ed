import { type Executor, Future, UsageError } from "@async/futures";
import { errorOf, microtasks } from "@async/test-kit";
import { afterEach, describe, expect, it, vi } from "vitest";

import { recordReports, virtualLoop } from "./virtual-loop.ts";

/** Runs nothing: the test settles the futures by hand. */
class ManualExecutor implements Executor {
  readonly submitted: { fn: unknown; args: unknown[]; future: Future<never> }[] = [];
  readonly shutdowns: unknown[] = [];
  ending: Promise<void> = Promise.resolve();

  submit<A extends unknown[], R>(fn: (...args: A) => R, ...args: A): Future<Awaited<R>> {
    const future = new Future<Awaited<R>>();
    this.submitted.push({ fn, args, future: future as Future<never> });
    return future;
  }
  map(): never {
    throw new Error("not used here");
  }
  starmap(): never {
    throw new Error("not used here");
  }
  async shutdown(options?: unknown): Promise<void> {
    this.shutdowns.push(options);
    if (options === undefined) await this.ending;
  }
  async [Symbol.asyncDispose](): Promise<void> {
    await this.shutdown();
  }
}

afterEach(() => {
  vi.restoreAllMocks();
  vi.useRealTimers();
});

describe("runInExecutor", () => {
  it("submits the call, and its future follows the call's", async () => {
    const loop = virtualLoop();
    const executor = new ManualExecutor();
    const add = (a: number, b: number) => a + b;
    const future = loop.runInExecutor(executor, add, 1, 2);
    expect(executor.submitted).toMatchObject([{ fn: add, args: [1, 2] }]);
    executor.submitted[0]!.future.setResult(3 as never);
    expect(await loop.runUntilComplete(future)).toBe(3);
  });

  it("passes a failure on, and a cancellation in both directions", async () => {
    const loop = virtualLoop();
    const executor = new ManualExecutor();
    const futures = [1, 2, 3].map(() => loop.runInExecutor(executor, () => {}));
    const [failing, cancelled, cancelling] = executor.submitted.map(({ future }) => future);
    const error = new Error("boom");
    failing!.setException(error);
    cancelled!.cancel("there");
    futures[2]!.cancel("here");
    expect(await errorOf(loop.runUntilComplete(futures[0]!))).toBe(error);
    expect(await errorOf(loop.runUntilComplete(futures[1]!))).toMatchObject({ reason: "there" });
    await loop.runUntilIdle();
    expect(cancelling!.cancelReason).toBe("here");
  });

  it("uses the default executor for null", () => {
    const loop = virtualLoop();
    const executor = new ManualExecutor();
    loop.setDefaultExecutor(executor);
    void loop.runInExecutor(null, () => {});
    expect(executor.submitted).toHaveLength(1);
  });

  it("says what to do when there is no default executor", () => {
    expect(() => virtualLoop().runInExecutor(null, () => {})).toThrow(
      new UsageError(
        "There is no default executor: call loop.setDefaultExecutor(new ThreadPoolExecutor()) from @async/pool first, or pass an executor",
      ),
    );
  });

  it("takes an executor and a function", () => {
    const loop = virtualLoop();
    expect(() => loop.runInExecutor(new ManualExecutor(), null as never)).toThrow(
      new TypeError("runInExecutor takes a function, got null"),
    );
    expect(() => loop.runInExecutor({} as never, () => {})).toThrow(/^runInExecutor takes an Executor/);
    expect(() => loop.runInExecutor((() => {}) as never, () => {})).toThrow(
      /^runInExecutor takes an Executor/,
    );
  });
});

describe("setDefaultExecutor", () => {
  it.each([null, undefined, {}, { submit() {} }, () => {}])(
    "LOOP-26 takes what has the methods of an executor: %s is a TypeError",
    (executor) => {
      expect(() => virtualLoop().setDefaultExecutor(executor as never)).toThrow(
        /^setDefaultExecutor takes an Executor \(submit, map, starmap, shutdown\)/,
      );
    },
  );
});

describe("shutdownDefaultExecutor", () => {
  it("resolves once the work has ended; afterwards the default executor is no more", async () => {
    const loop = virtualLoop();
    const executor = new ManualExecutor();
    const log: string[] = [];
    executor.ending = microtasks().then(() => void log.push("ended"));
    loop.setDefaultExecutor(executor);
    await loop.shutdownDefaultExecutor();
    expect([log, executor.shutdowns]).toEqual([["ended"], [undefined]]);
    expect(() => loop.runInExecutor(null, () => {})).toThrow("The default executor has been shut down");
  });

  it("resolves at once when there is none", async () => {
    await expect(virtualLoop().shutdownDefaultExecutor()).resolves.toBeUndefined();
  });

  it("LOOP-27 gives up after the timeout, with a warning", async () => {
    const warnings = vi.spyOn(process, "emitWarning").mockImplementation(() => {});
    const loop = virtualLoop();
    const executor = new ManualExecutor();
    executor.ending = new Promise(() => {});
    loop.setDefaultExecutor(executor);
    await loop.shutdownDefaultExecutor(1);
    expect(warnings.mock.calls).toEqual([
      ["The default executor did not end its work within 1 ms", "RuntimeWarning"],
    ]);
    expect(executor.shutdowns).toEqual([undefined, { wait: false }]);
  });

  it("LOOP-27 leaves no timer behind when the work ends in time, well or not", async () => {
    vi.resetModules();
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
    const { EventLoop } = await import("../src/index.ts");
    for (const end of [() => Promise.resolve(), () => Promise.reject(new Error("boom"))]) {
      const loop = new EventLoop();
      loop.setDefaultExecutor(Object.assign(new ManualExecutor(), { ending: end() }));
      await loop.shutdownDefaultExecutor(60_000).catch(() => {});
      expect(vi.getTimerCount()).toBe(0);
    }
  });

  it("LOOP-27 gives up under the fake timers of a test runner too", { timeout: 1000 }, async () => {
    const warnings = vi.spyOn(process, "emitWarning").mockImplementation(() => {});
    const loop = virtualLoop();
    loop.setDefaultExecutor(Object.assign(new ManualExecutor(), { ending: new Promise(() => {}) }));
    vi.useFakeTimers();
    await loop.shutdownDefaultExecutor(1);
    expect(warnings).toHaveBeenCalledOnce();
  });

  it("refuses a timeout that is no number of milliseconds, and leaves the executor as it is", async () => {
    const loop = virtualLoop();
    const executor = new ManualExecutor();
    loop.setDefaultExecutor(executor);
    expect(await errorOf(loop.shutdownDefaultExecutor("1" as never))).toBeInstanceOf(TypeError);
    expect(await errorOf(loop.shutdownDefaultExecutor(Number.NaN))).toBeInstanceOf(UsageError);
    expect(executor.shutdowns).toEqual([]);
  });
});

describe("close", () => {
  it("ends the default executor without waiting", () => {
    const loop = virtualLoop();
    const executor = new ManualExecutor();
    loop.setDefaultExecutor(executor);
    loop.close();
    expect(executor.shutdowns).toEqual([{ wait: false }]);
  });

  it("reports an executor that fails to shut down, and does not end the process by it", async () => {
    const loop = virtualLoop();
    const reports = recordReports(loop);
    const error = new Error("boom");
    loop.setDefaultExecutor(Object.assign(new ManualExecutor(), { shutdown: () => Promise.reject(error) }));
    loop.close();
    await microtasks();
    expect(reports.map(({ exception }) => exception)).toEqual([error]);
  });
});
