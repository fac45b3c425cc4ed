import { describe, expect, it } from "vitest";

import { Future, type FutureLike, wrapFuture } from "../src/index.ts";
import { awaitedBy, chainFuture } from "../src/port.ts";
import { ManualScheduler } from "./manual-scheduler.ts";

function chain() {
  const scheduler = new ManualScheduler();
  const source = new Future<number>({ scheduler });
  const target = chainFuture(source, new Future<number>({ scheduler }));
  return { scheduler, source, target };
}

describe("wrapFuture", () => {
  it("FUT-18 returns a future of ours as it is, also one of a subclass", () => {
    class Own extends Future {}
    const [future, own] = [new Future(), new Own()];
    expect(wrapFuture(future)).toBe(future);
    expect(wrapFuture(own)).toBe(own);
  });

  it.each([null, undefined, 1, Promise.resolve(1), { then() {} }, () => {}])(
    "takes futures alone: %s is a TypeError",
    (value) => {
      expect(() => wrapFuture(value as unknown as FutureLike)).toThrow(TypeError);
      expect(() => wrapFuture(value as unknown as FutureLike)).toThrow("wrapFuture takes a future, got");
    },
  );
});

describe("chainFuture", () => {
  it("FUT-16 copies the result", async () => {
    const { scheduler, source, target } = chain();
    source.setResult(1);
    expect(target.done()).toBe(false);
    await scheduler.settle();
    expect(target.result()).toBe(1);
  });

  it("FUT-16 copies the very exception", async () => {
    const { scheduler, source, target } = chain();
    const error = new Error("boom");
    source.setException(error);
    await scheduler.settle();
    expect(target.exception()).toBe(error);
  });

  it("FUT-16 copies a cancellation with its reason", async () => {
    const { scheduler, source, target } = chain();
    source.cancel("why");
    await scheduler.settle();
    expect([target.cancelled(), target.cancelReason]).toEqual([true, "why"]);
  });

  it("passes a cancellation of the target on to the source", async () => {
    const { scheduler, source, target } = chain();
    target.cancel("why");
    await scheduler.settle();
    expect([source.cancelled(), source.cancelReason]).toEqual([true, "why"]);
  });

  it("leaves a cancelled target alone when the source, which refused, ends after all", async () => {
    const { scheduler, source, target } = chain();
    source.setRunningOrNotifyCancel();
    target.cancel();
    await scheduler.settle();
    source.setResult(1);
    await scheduler.settle();
    expect([source.result(), target.cancelled(), scheduler.reports]).toEqual([1, true, []]);
  });

  it("leaves a target alone that got its outcome otherwise, and lets the source go on", async () => {
    const { scheduler, source, target } = chain();
    target.setResult(2);
    await scheduler.settle();
    expect(source.done()).toBe(false);
    source.setResult(1);
    await scheduler.settle();
    expect([target.result(), scheduler.reports]).toEqual([2, []]);
  });

  it("shows the target as the one that the source is awaited by", () => {
    const { source, target } = chain();
    expect(awaitedBy(source)).toEqual([target]);
  });
});
