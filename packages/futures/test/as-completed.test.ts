import { errorOf } from "@async/test-kit";
import { describe, expect, it } from "vitest";

import { CancelledError, Future, TimeoutError, UsageError, asCompleted } from "../src/index.ts";
import { awaitedBy } from "../src/port.ts";
import { ManualScheduler } from "./manual-scheduler.ts";
import { RecordingAwaiter } from "./recording-awaiter.ts";

function stage() {
  const scheduler = new ManualScheduler();
  const awaiter = new RecordingAwaiter(scheduler);
  const make = () => new Future<string>({ scheduler });
  return { scheduler, awaiter, a: make(), b: make(), c: make() };
}

describe("for await over asCompleted", () => {
  it("ACMP-01 ACMP-02 yields the very futures, in the order in which they end", async () => {
    const { scheduler, awaiter, a, b, c } = stage();
    const yielded: unknown[] = [];
    const consuming = awaiter.run(async () => {
      for await (const future of asCompleted([a, b, c])) yielded.push(future);
    });
    await scheduler.settle();
    c.cancel();
    await scheduler.settle();
    a.setException(new Error("boom"));
    b.setResult("b");
    await scheduler.settle();
    await consuming;
    expect(yielded).toEqual([c, a, b]);
    expect(a.exception()).toEqual(new Error("boom"));
  });

  it("POOL-29 ACMP-01 yields those that are done first, and each once", async () => {
    const { scheduler, awaiter, a, b } = stage();
    b.setResult("b");
    const yielded: unknown[] = [];
    const consuming = awaiter.run(async () => {
      for await (const future of asCompleted([a, b, a, b])) yielded.push(future);
    });
    await scheduler.settle();
    expect(yielded).toEqual([b]);
    a.setResult("a");
    await scheduler.settle();
    await consuming;
    expect(yielded).toEqual([b, a]);
  });

  it("POOL-30 ACMP-03 yields what is done, then throws a TimeoutError that counts; the futures go on", async () => {
    const { scheduler, awaiter, a, b, c } = stage();
    a.setResult("a");
    const yielded: unknown[] = [];
    const consuming = errorOf(
      awaiter.run(async () => {
        for await (const future of asCompleted([a, b, c], { timeout: 0 })) yielded.push(future);
      }),
    );
    await scheduler.settle();
    expect(await consuming).toEqual(new TimeoutError("2 (of 3) futures unfinished"));
    expect([yielded, String(b), String(c)]).toEqual([[a], "<Future pending>", "<Future pending>"]);
  });

  it("ACMP-04 cancels its timer once all are done", async () => {
    const { scheduler, awaiter, a } = stage();
    const consuming = awaiter.run(async () => {
      for await (const future of asCompleted([a], { timeout: 100 }))
        expect([future, scheduler.liveTimers]).toEqual([a, 0]);
    });
    await scheduler.settle();
    expect(scheduler.liveTimers).toBe(1);
    a.setResult("a");
    await scheduler.settle();
    await consuming;
  });

  it("ACMP-05 goes on where it was broken off", async () => {
    const { scheduler, awaiter, a, b } = stage();
    const completions = awaiter.run(() => asCompleted([a, b]));
    const takeOne = async () => {
      // In an array: an async function awaits what it returns.
      for await (const future of completions) return [future];
      return [];
    };
    a.setResult("a");
    b.setResult("b");
    const taken = awaiter.run(async () => [await takeOne(), await takeOne(), await takeOne()]);
    await scheduler.settle();
    expect(await taken).toEqual([[a], [b], []]);
  });

  it("ends at once for no futures", async () => {
    for await (const future of asCompleted([])) expect.unreachable(String(future));
  });

  it("hands the future on to the next consumer when one is cancelled after it was woken", async () => {
    const { scheduler, awaiter, a, b } = stage();
    const [first, second] = [new RecordingAwaiter(scheduler), new RecordingAwaiter(scheduler)];
    const completions = awaiter.run(() => asCompleted([a, b]));
    const iterator = completions[Symbol.asyncIterator]();
    const cancelled = errorOf(first.run(() => iterator.next()));
    const served = second.run(() => iterator.next());
    await scheduler.settle();
    a.setResult("a");
    // The listener wakes the first consumer; before it resumes, its task is cancelled.
    await scheduler.turn();
    first.interruption = new CancelledError();
    await scheduler.settle();
    expect(await cancelled).toBe(first.interruption);
    expect(await served).toEqual({ done: false, value: a });
  });

  it("leaves no consumer behind that was cancelled while it waited", async () => {
    const { scheduler, awaiter, a, b } = stage();
    const iterator = awaiter.run(() => asCompleted([a, b]))[Symbol.asyncIterator]();
    const cancelled = errorOf(awaiter.run(() => iterator.next()));
    await scheduler.settle();
    (awaiter.targets[0] as Future).cancel();
    await scheduler.settle();
    await cancelled;
    const served = awaiter.run(() => iterator.next());
    a.setResult("a");
    await scheduler.settle();
    expect(await served).toEqual({ done: false, value: a });
  });

  it("X-04 shows the consuming task as the one that each future is awaited by", () => {
    const { awaiter, a, b } = stage();
    awaiter.run(() => asCompleted([a, b]));
    expect([awaitedBy(a), awaitedBy(b)]).toEqual([[awaiter.task], [awaiter.task]]);
  });

  it("works outside of tasks, on the host's ticks", async () => {
    const [a, b] = [new Future<string>(), new Future<string>()];
    setImmediate(() => b.setResult("b"));
    setImmediate(() => a.setResult("a"));
    const results: string[] = [];
    for await (const future of asCompleted([a, b])) results.push(future.result());
    expect(results).toEqual(["b", "a"]);
  });
});

describe("for over asCompleted", () => {
  it("ACMP-01 yields awaitables of the outcomes, the nth of the nth future to end", async () => {
    const { scheduler, awaiter, a, b } = stage();
    const results: string[] = [];
    const consuming = awaiter.run(async () => {
      for (const next of asCompleted([a, b])) results.push(await next);
    });
    await scheduler.settle();
    b.setResult("b");
    await scheduler.settle();
    a.setResult("a");
    await scheduler.settle();
    await consuming;
    expect(results).toEqual(["b", "a"]);
  });

  it("ACMP-03 has each remaining awaitable throw TimeoutError when the time is up", async () => {
    const { scheduler, awaiter, a, b } = stage();
    const log: unknown[] = [];
    const consuming = awaiter.run(async () => {
      for (const next of asCompleted([a, b], { timeout: 100 })) log.push(await errorOf(next));
    });
    await scheduler.advance(100);
    await consuming;
    const unfinished = new TimeoutError("2 (of 2) futures unfinished");
    expect(log).toEqual([unfinished, unfinished]);
  });

  it("gives an awaitable that can be awaited twice, and leaves no rejection unhandled if it never is", async () => {
    const { scheduler, awaiter, a, b } = stage();
    const [first] = awaiter.run(() => [...asCompleted([a, b])]);
    a.setResult("a");
    b.setException(new Error("boom"));
    const both = awaiter.run(async () => [await first, await first]);
    await scheduler.settle();
    expect(await both).toEqual(["a", "a"]);
    expect(b.exception()).toEqual(new Error("boom"));
  });
});

describe("asCompleted refuses", () => {
  const future = new Future();

  it.each([
    [future, "asCompleted takes an iterable of futures, got <Future pending>; put it into [ ]"],
    [null, "asCompleted takes an iterable of futures, got null"],
    [[1], "asCompleted takes futures, got 1; make a task of it with createTask"],
  ])("ACMP-01 %s, with a TypeError that says what to write", (futures, message) => {
    expect(() => asCompleted(futures as never)).toThrow(TypeError);
    expect(() => asCompleted(futures as never)).toThrow(message);
  });

  it("a timeout that is no number of milliseconds, before anything was registered", () => {
    expect(() => asCompleted([future], { timeout: "1" as never })).toThrow(TypeError);
    expect(() => asCompleted([future], { timeout: Number.NaN })).toThrow(UsageError);
    expect(String(future)).toBe("<Future pending>");
  });
});
