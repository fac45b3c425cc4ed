import { expect, it } from "vitest";

import { type Executor, Future, isExecutor } from "../src/index.ts";

/** Runs each call at once, in this thread: the smallest executor there is. */
class InlineExecutor implements Executor {
  submit<A extends unknown[], R>(fn: (...args: A) => R, ...args: A): Future<Awaited<R>> {
    const future = new Future<Awaited<R>>();
    future.setRunningOrNotifyCancel();
    void (async () => {
      try {
        future.setResult(await fn(...args));
      } catch (error) {
        future.setException(error);
      }
    })();
    return future;
  }

  async *map<T, R>(fn: (item: T) => R, items: Iterable<T> | AsyncIterable<T>): AsyncIterable<Awaited<R>> {
    for await (const item of items) yield await this.submit(fn, item);
  }

  async *starmap<A extends unknown[], R>(
    fn: (...args: A) => R,
    argumentTuples: Iterable<A> | AsyncIterable<A>,
  ): AsyncIterable<Awaited<R>> {
    for await (const args of argumentTuples) yield await this.submit(fn, ...args);
  }

  async shutdown(): Promise<void> {}

  async [Symbol.asyncDispose](): Promise<void> {
    await this.shutdown();
  }
}

it("the contract of executors can be kept by a class of a few lines", async () => {
  const results: number[] = [];
  {
    await using executor = new InlineExecutor();
    expect(await executor.submit((a: number, b: number) => a + b, 1, 2)).toBe(3);
    for await (const square of executor.map(async (n: number) => n * n, [1, 2, 3])) results.push(square);
    for await (const power of executor.starmap(Math.pow, [[2, 10]])) results.push(power);
  }
  expect(results).toEqual([1, 4, 9, 1024]);
});

it("isExecutor tells an executor by its methods", () => {
  expect(isExecutor(new InlineExecutor())).toBe(true);
  const incomplete = { submit() {}, map() {}, starmap() {} };
  for (const value of [null, undefined, 1, "executor", () => {}, {}, incomplete]) {
    expect(isExecutor(value)).toBe(false);
  }
});
