import { errorOf, microtasks } from "@async/test-kit";
import { describe, expect, it, vi } from "vitest";

import { Future, type ReturnWhen, UsageError, wait } from "../src/index.ts";
import { awaitedBy } from "../src/port.ts";
import { ManualScheduler } from "./manual-scheduler.ts";
import { RecordingAwaiter } from "./recording-awaiter.ts";

/** Three futures and a task that may wait for them, on virtual time. */
function stage() {
  const scheduler = new ManualScheduler();
  const awaiter = new RecordingAwaiter(scheduler);
  const make = () => new Future<number>({ scheduler });
  return { scheduler, awaiter, a: make(), b: make(), c: make() };
}

async function outcomeOf<T>(scheduler: ManualScheduler, waiting: Promise<T>): Promise<T | "still waiting"> {
  await scheduler.settle();
  return Promise.race([waiting, microtasks().then(() => "still waiting" as const)]);
}

describe("wait", () => {
  it("POOL-31 ALL_COMPLETED, the default, waits for all, however they end", async () => {
    const { scheduler, awaiter, a, b, c } = stage();
    const waiting = awaiter.run(() => wait([a, b, c]));
    a.setResult(1);
    b.setException(new Error("boom"));
    expect(await outcomeOf(scheduler, waiting)).toBe("still waiting");
    c.cancel();
    expect(await outcomeOf(scheduler, waiting)).toEqual({ done: new Set([a, b, c]), pending: new Set() });
    expect(b.exception()).toEqual(new Error("boom"));
  });

  it("POOL-31 FIRST_COMPLETED returns at the first, also one that was cancelled", async () => {
    const { scheduler, awaiter, a, b } = stage();
    const waiting = awaiter.run(() => wait([a, b], { returnWhen: "FIRST_COMPLETED" }));
    expect(await outcomeOf(scheduler, waiting)).toBe("still waiting");
    b.cancel();
    expect(await outcomeOf(scheduler, waiting)).toEqual({ done: new Set([b]), pending: new Set([a]) });
  });

  it("POOL-31 FIRST_EXCEPTION returns at the first failure; a cancelled future is none", async () => {
    const { scheduler, awaiter, a, b, c } = stage();
    const waiting = awaiter.run(() => wait([a, b, c], { returnWhen: "FIRST_EXCEPTION" }));
    a.cancel();
    expect(await outcomeOf(scheduler, waiting)).toBe("still waiting");
    b.setException(new Error("boom"));
    expect(await outcomeOf(scheduler, waiting)).toEqual({ done: new Set([a, b]), pending: new Set([c]) });
  });

  it("POOL-31 FIRST_EXCEPTION returns when all are done, or at once if one had failed before", async () => {
    const { scheduler, awaiter, a, b, c } = stage();
    a.setException(new Error("boom"));
    const early = awaiter.run(() => wait([c, a], { returnWhen: "FIRST_EXCEPTION" }));
    const late = awaiter.run(() => wait([b], { returnWhen: "FIRST_EXCEPTION" }));
    b.setResult(1);
    expect(await outcomeOf(scheduler, early)).toEqual({ done: new Set([a]), pending: new Set([c]) });
    expect(await outcomeOf(scheduler, late)).toEqual({ done: new Set([b]), pending: new Set() });
  });

  it("POOL-31 collapses duplicates, and keeps the order given", async () => {
    const { scheduler, awaiter, a, b, c } = stage();
    for (const future of [a, b, c]) future.setResult(1);
    const waiting = awaiter.run(() => wait([c, a, c, b, a]));
    await scheduler.settle();
    expect([...(await waiting).done]).toEqual([c, a, b]);
  });

  it("POOL-31 returns what is done when the time is up, without throwing or cancelling", async () => {
    const { scheduler, awaiter, a, b } = stage();
    const waiting = awaiter.run(() => wait([a, b], { timeout: 100 }));
    a.setResult(1);
    await scheduler.advance(99);
    expect(await outcomeOf(scheduler, waiting)).toBe("still waiting");
    await scheduler.advance(1);
    expect(await waiting).toEqual({ done: new Set([a]), pending: new Set([b]) });
    expect(String(b)).toBe("<Future pending>");
  });

  it("leaves no timer and no callback behind when it is done in time", async () => {
    const { scheduler, awaiter, a, b } = stage();
    void awaiter.run(() => wait([a, b], { timeout: 100, returnWhen: "FIRST_COMPLETED" }));
    await scheduler.settle();
    expect(scheduler.liveTimers).toBe(1);
    a.setResult(1);
    await scheduler.settle();
    expect([scheduler.liveTimers, String(b)]).toEqual([0, "<Future pending>"]);
  });

  it("FUT-21 cancelled, leaves the futures alone, and neither a timer nor a callback behind", async () => {
    const { scheduler, awaiter, a } = stage();
    const waiting = errorOf(awaiter.run(() => wait([a], { timeout: 100 })));
    await scheduler.settle();
    (awaiter.targets[0] as Future).cancel("enough");
    await scheduler.settle();
    expect(await waiting).toMatchObject({ name: "CancelledError", reason: "enough" });
    expect([scheduler.liveTimers, String(a), scheduler.reports]).toEqual([0, "<Future pending>", []]);
  });

  it("resolves at once for no futures", async () => {
    expect(await wait([])).toEqual({ done: new Set(), pending: new Set() });
  });

  it("takes any iterable", async () => {
    const future = new Future();
    future.setResult(1);
    const generate = function* () {
      yield future;
    };
    for (const futures of [new Set([future]), new Map([[1, future]]).values(), generate()]) {
      expect(await wait(futures)).toEqual({ done: new Set([future]), pending: new Set() });
    }
  });

  it("shows the task that waits as the one that each future is awaited by", async () => {
    const { scheduler, awaiter, a, b } = stage();
    void awaiter.run(() => wait([a, b]));
    await scheduler.settle();
    expect([awaitedBy(a), awaitedBy(b)]).toEqual([[awaiter.task], [awaiter.task]]);
  });

  it("works outside of tasks, on the host's time", async () => {
    const [slow, quick] = [new Future(), new Future()];
    setImmediate(() => quick.setResult(1));
    const all = await wait([slow, quick], { returnWhen: "FIRST_COMPLETED" });
    expect(all).toEqual({ done: new Set([quick]), pending: new Set([slow]) });
    expect(await wait([slow], { timeout: 0 })).toEqual({ done: new Set(), pending: new Set([slow]) });
  });
});

describe("wait refuses", () => {
  const future = new Future();

  it.each([
    [future, "wait takes an iterable of futures, got <Future pending>; put it into [ ]"],
    [1, "wait takes an iterable of futures, got 1"],
    [null, "wait takes an iterable of futures, got null"],
    [undefined, "wait takes an iterable of futures, got undefined"],
    [[Promise.resolve()], "wait takes futures, got Promise"],
    [[future, () => {}], "wait takes futures, got [Function (anonymous)]; make a task of it with createTask"],
    ["ab", "wait takes futures, got 'a'"],
  ])("%s, with a TypeError that says what to write", async (futures, message) => {
    const error = await errorOf(wait(futures as never));
    expect(error).toBeInstanceOf(TypeError);
    expect(String(error)).toContain(message);
  });

  it("an unknown returnWhen, naming the known ones", async () => {
    const error = await errorOf(wait([future], { returnWhen: "first" as ReturnWhen }));
    expect(error).toEqual(
      new UsageError("wait: returnWhen is 'first'; use ALL_COMPLETED, FIRST_COMPLETED, FIRST_EXCEPTION"),
    );
  });

  it("a timeout that is no number of milliseconds", async () => {
    const waitFor = (timeout: unknown) => errorOf(wait([future], { timeout: timeout as number }));
    expect(await waitFor("1")).toBeInstanceOf(TypeError);
    expect(await waitFor(Number.NaN)).toBeInstanceOf(UsageError);
  });

  it("before anything was registered on a future", async () => {
    await errorOf(wait([future, 1 as never]));
    await errorOf(wait([future], { timeout: Number.NaN }));
    expect(String(future)).toBe("<Future pending>");
  });
});

describe("a timeout outside of tasks", () => {
  it.each([2 ** 31, Infinity])("of %d ms is no shorter than that", async (timeout) => {
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
    vi.resetModules();
    try {
      const fresh = await import("../src/index.ts");
      const waiting = fresh.wait([new fresh.Future()], { timeout });
      await vi.advanceTimersByTimeAsync(2 ** 31 - 2);
      expect(await Promise.race([waiting, microtasks().then(() => "still waiting")])).toBe("still waiting");
    } finally {
      vi.useRealTimers();
    }
  });
});
