import { microtasks } from "@async/test-kit";
import { describe, expect, it, vi } from "vitest";

import { PromiseFuture } from "../src/port.ts";
import { ManualScheduler } from "./manual-scheduler.ts";

function follow<T>(promise: PromiseLike<T>): PromiseFuture<T> {
  return new PromiseFuture(promise, new ManualScheduler());
}

/** A promise, and how often somebody began to listen to it. */
function watchedPromise() {
  const { promise, resolve, reject } = Promise.withResolvers<number>();
  return { promise, resolve, reject, then: vi.spyOn(promise, "then") };
}

describe("PromiseFuture", () => {
  it("ends as the promise does", async () => {
    const error = new Error("boom");
    const futures = [follow(Promise.resolve(1)), follow(Promise.reject(error))];
    await microtasks();
    expect([futures[0]!.result(), futures[1]!.exception()]).toEqual([1, error]);
  });

  it("cancelled, follows no more, and the promise's failure counts as handled", async () => {
    const { promise, reject } = watchedPromise();
    const future = follow(promise);
    future.cancel("why");
    reject(new Error("boom"));
    await microtasks();
    expect(future.cancelReason).toBe("why");
  });

  it("leaves its listener to the next one that follows the same promise: they do not pile up", async () => {
    const { promise, resolve, then } = watchedPromise();
    for (let round = 0; round < 100; round += 1) follow(promise).cancel();
    const last = follow(promise);
    resolve(1);
    await microtasks();
    expect([last.result(), then.mock.calls.length]).toEqual([1, 1]);
  });

  it("needs as many listeners as there were futures at a time", async () => {
    const { promise, resolve, then } = watchedPromise();
    for (let round = 0; round < 10; round += 1) {
      const futures = [follow(promise), follow(promise), follow(promise)];
      for (const future of futures) future.cancel();
    }
    const futures = [follow(promise), follow(promise), follow(promise), follow(promise)];
    futures[1]!.cancel();
    resolve(1);
    await microtasks();
    expect(futures.map(String)).toEqual([
      "<PromiseFuture finished result=1>",
      "<PromiseFuture cancelled>",
      "<PromiseFuture finished result=1>",
      "<PromiseFuture finished result=1>",
    ]);
    expect(then).toHaveBeenCalledTimes(4);
  });

  it("listens anew to a promise that has settled meanwhile", async () => {
    const { promise, resolve } = watchedPromise();
    follow(promise).cancel();
    follow(promise).cancel();
    resolve(1);
    await microtasks();
    const late = follow(promise);
    await microtasks();
    expect(late.result()).toBe(1);
  });

  it("cancelled twice leaves one listener, which serves one future", async () => {
    const { promise, resolve } = watchedPromise();
    const first = follow(promise);
    first.cancel();
    first.cancel();
    const futures = [follow(promise), follow(promise)];
    resolve(1);
    await microtasks();
    expect(futures.map((future) => future.result())).toEqual([1, 1]);
  });

  it("listens to a thenable of another kind each time: it may begin its work only then", () => {
    const lazy = { then: vi.fn() };
    for (let round = 0; round < 3; round += 1) follow(lazy as unknown as PromiseLike<never>).cancel();
    expect(lazy.then).toHaveBeenCalledTimes(3);
  });

  it("fails with what the `then` of a thenable throws", () => {
    const error = new Error("boom");
    const thrower = {
      then: () => {
        throw error;
      },
    };
    expect(follow(thrower as unknown as PromiseLike<never>).exception()).toBe(error);
  });
});
