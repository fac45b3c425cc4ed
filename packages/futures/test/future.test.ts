import { AsyncLocalStorage } from "node:async_hooks";

import { describe, expect, it, vi } from "vitest";

import { CancelledError, Future, InvalidStateError, UsageError } from "../src/index.ts";
import { currentAwaiter } from "../src/port.ts";
import { ManualScheduler, microtasks, minimalScheduler } from "./manual-scheduler.ts";
import { RecordingAwaiter } from "./recording-awaiter.ts";
import { rejectionOf, thrownBy } from "./thrown-by.ts";

const state = (future: Future) => ({
  done: future.done(),
  cancelled: future.cancelled(),
  running: future.running(),
});

describe("state", () => {
  it("FUT-01 is neither done nor cancelled when new; cancel() makes both true and returns true", () => {
    const future = new Future();
    expect(state(future)).toEqual({ done: false, cancelled: false, running: false });
    expect(future.cancel()).toBe(true);
    expect(state(future)).toEqual({ done: true, cancelled: true, running: false });
  });

  it("FUT-02 throws InvalidStateError from result() and exception() while pending", () => {
    const future = new Future();
    expect(() => future.result()).toThrow(InvalidStateError);
    expect(() => future.exception()).toThrow(InvalidStateError);
    expect(() => future.result()).toThrow("Result is not set yet: <Future pending>; await the future");
  });

  it("FUT-03 keeps its result: later setters throw InvalidStateError, cancel() returns false", () => {
    const future = new Future<number>();
    future.setResult(1);
    expect(() => future.setResult(2)).toThrow(InvalidStateError);
    expect(() => future.setException(new Error("late"))).toThrow(InvalidStateError);
    expect(future.cancel()).toBe(false);
    expect([future.result(), future.exception()]).toEqual([1, null]);
    expect(state(future)).toEqual({ done: true, cancelled: false, running: false });
  });

  it("FUT-04 throws CancelledError from result() and exception() once cancelled; a second cancel() returns false", () => {
    const future = new Future<number>();
    future.cancel();
    expect(() => future.result()).toThrow(CancelledError);
    expect(() => future.exception()).toThrow(CancelledError);
    expect(() => future.setResult(1)).toThrow(InvalidStateError);
    expect(() => future.setException(new Error("late"))).toThrow(InvalidStateError);
    expect(future.cancel()).toBe(false);
  });

  it("FUT-05 throws and returns the very exception that was set", () => {
    const future = new Future();
    const error = new Error("boom");
    future.setException(error);
    expect(thrownBy(() => future.result())).toBe(error);
    expect(future.exception()).toBe(error);
    expect(future.cancel()).toBe(false);
    expect(state(future)).toEqual({ done: true, cancelled: false, running: false });
  });

  it("FUT-10 makes an instance of an error class given to setException", () => {
    class OwnError extends Error {}
    const [own, plain] = [new Future(), new Future()];
    own.setException(OwnError);
    plain.setException(Error);
    expect(own.exception()).toBeInstanceOf(OwnError);
    expect(plain.exception()).toBeInstanceOf(Error);
  });

  it.each([null, undefined])("is failed by %s too: it is wrapped in an error that says so", (thrown) => {
    const future = new Future();
    future.setException(thrown);
    expect(future.exception()).toEqual(new Error(`${String(thrown)} was thrown; throw an Error instead`));
  });

  it.each([0, "", false, "text", { code: 1 }])("is failed by %j, which is no Error, as it is", (thrown) => {
    const future = new Future();
    future.setException(thrown);
    expect(future.exception()).toBe(thrown);
    expect(thrownBy(() => future.result())).toBe(thrown);
  });

  it("refuses a thenable as its result, and stays pending", () => {
    const future = new Future<unknown>();
    for (const thenable of [Promise.resolve(1), new Future(), { then() {} }]) {
      expect(() => future.setResult(thenable)).toThrow(
        new TypeError("setResult takes a plain value, got a thenable; await it and pass the result"),
      );
    }
    expect(future.done()).toBe(false);
  });

  it("refuses a function in place of its options: it is no Promise", () => {
    expect(() => new Future(((resolve: (value: number) => void) => resolve(1)) as never)).toThrow(TypeError);
  });
});

describe("state, for executors", () => {
  it("CFU-01 can be cancelled only while pending", () => {
    const [running, finished] = [new Future(), new Future()];
    running.setRunningOrNotifyCancel();
    finished.setResult(1);
    expect([running.cancel(), finished.cancel()]).toEqual([false, false]);
    expect(state(running)).toEqual({ done: false, cancelled: false, running: true });
  });

  it("CFU-03 is not done while it runs", () => {
    const future = new Future<number>();
    future.setRunningOrNotifyCancel();
    expect(state(future)).toEqual({ done: false, cancelled: false, running: true });
    future.setResult(1);
    expect(state(future)).toEqual({ done: true, cancelled: false, running: false });
  });

  it("CFU-06 never waits: pending and running throw, the others give what they have", () => {
    const running = new Future();
    running.setRunningOrNotifyCancel();
    expect(() => running.result()).toThrow(InvalidStateError);
    expect(() => running.exception()).toThrow(InvalidStateError);
  });

  it("CFU-07 shows its state when it is set twice; the first outcome stays", () => {
    const [finished, failed] = [new Future<number>(), new Future<number>()];
    finished.setResult(1);
    failed.setException(new Error("boom"));
    expect(() => finished.setResult(2)).toThrow("outcome already: <Future finished result=1>");
    expect(() => failed.setException(new Error("late"))).toThrow(
      "outcome already: <Future finished exception=Error: boom>",
    );
    expect([finished.result(), failed.exception()]).toEqual([1, new Error("boom")]);
  });

  it("CFU-08 setRunningOrNotifyCancel: true from pending, false once cancelled, else InvalidStateError", () => {
    const [pending, cancelled, finished] = [new Future(), new Future(), new Future()];
    cancelled.cancel();
    finished.setResult(1);
    expect([pending.setRunningOrNotifyCancel(), cancelled.setRunningOrNotifyCancel()]).toEqual([true, false]);
    expect(() => pending.setRunningOrNotifyCancel()).toThrow(InvalidStateError);
    expect(() => finished.setRunningOrNotifyCancel()).toThrow(InvalidStateError);
  });
});

describe("callbacks", () => {
  const settlers: [string, (future: Future) => unknown][] = [
    ["setResult", (future) => future.setResult(1)],
    ["setException", (future) => future.setException(new Error("boom"))],
    ["cancel", (future) => future.cancel()],
  ];

  it.each(settlers)("FUT-06 run on the turn after %s, in the order they were added", async (_, settle) => {
    const scheduler = new ManualScheduler();
    const future = new Future({ scheduler });
    const log: string[] = [];
    for (const name of ["a", "b", "c"]) future.addDoneCallback(() => log.push(name));
    settle(future);
    log.push("settled");
    await scheduler.turn();
    expect(log).toEqual(["settled", "a", "b", "c"]);
  });

  it("FUT-07 are scheduled, not called, when the future is done already", async () => {
    const scheduler = new ManualScheduler();
    const future = new Future({ scheduler });
    future.setResult(1);
    const log: string[] = [];
    future.addDoneCallback(() => log.push("called"));
    log.push("added");
    await scheduler.turn();
    expect(log).toEqual(["added", "called"]);
  });

  it("get the future", async () => {
    const scheduler = new ManualScheduler();
    const future = new Future({ scheduler });
    const callback = vi.fn();
    future.addDoneCallback(callback);
    future.setResult(1);
    await scheduler.turn();
    expect(callback.mock.calls).toEqual([[future]]);
  });

  it("FUT-08 are called once for each registration; removeDoneCallback removes them all and says how many", async () => {
    const scheduler = new ManualScheduler();
    const log: string[] = [];
    const callback = () => log.push("called");
    const [kept, removed] = [new Future({ scheduler }), new Future({ scheduler })];
    for (const future of [kept, kept, kept, removed, removed]) future.addDoneCallback(callback);
    expect([removed.removeDoneCallback(callback), removed.removeDoneCallback(callback)]).toEqual([2, 0]);
    kept.setResult(1);
    removed.setResult(1);
    await scheduler.turn();
    expect(log).toEqual(["called", "called", "called"]);
  });

  it.each([
    [["first"], ["second", "third"]],
    [["first", "second"], ["third"]],
    [["third"], ["first", "second"]],
    [["second"], ["first", "third", "fourth"]],
  ])("FUT-23 stay in order when %j are removed", async (removed, left) => {
    const scheduler = new ManualScheduler();
    const future = new Future({ scheduler });
    const log: string[] = [];
    const callbacks = new Map(
      ["first", "second", "third"].map((name) => [name, () => void log.push(name)] as const),
    );
    for (const callback of callbacks.values()) future.addDoneCallback(callback);
    for (const name of removed) future.removeDoneCallback(callbacks.get(name)!);
    if (left.includes("fourth")) future.addDoneCallback(() => log.push("fourth"));
    future.setResult(1);
    await scheduler.turn();
    expect(log).toEqual(left);
  });

  it("CFU-05 that throw are reported, and the others still run", async () => {
    const scheduler = new ManualScheduler();
    const future = new Future({ scheduler });
    const log: string[] = [];
    const exception = new Error("boom");
    future.addDoneCallback(function faulty() {
      throw exception;
    });
    future.addDoneCallback(() => log.push("after"));
    future.setResult(1);
    await scheduler.turn();
    expect(log).toEqual(["after"]);
    expect(scheduler.reports).toEqual([
      { message: "Exception in callback faulty() of <Future finished result=1>", exception, future },
    ]);
  });

  it("that are async and fail are reported too", async () => {
    const scheduler = new ManualScheduler();
    const future = new Future({ scheduler });
    future.addDoneCallback(async () => {
      await microtasks();
      throw new Error("later");
    });
    future.setResult(1);
    await scheduler.turn();
    await microtasks();
    expect(scheduler.reports.map(({ exception }) => exception)).toEqual([new Error("later")]);
  });

  it.each([null, undefined, "name", {}, Promise.resolve()])(
    "are functions: addDoneCallback(%s) is a TypeError",
    (callback) => {
      expect(() => new Future().addDoneCallback(callback as never)).toThrow(
        /^addDoneCallback takes a function/,
      );
    },
  );

  it("run in the async context of who added them, not of who settled the future", async () => {
    const storage = new AsyncLocalStorage<string>();
    const scheduler = new ManualScheduler();
    const future = new Future({ scheduler });
    const log: unknown[] = [];
    storage.run("adder", () => future.addDoneCallback(() => log.push(storage.getStore())));
    storage.run("settler", () => future.setResult(1));
    await scheduler.turn();
    expect([log, storage.getStore()]).toEqual([["adder"], undefined]);
  });

  it("belong to no task: the awaiter inside is the scheduler's bystander", async () => {
    const scheduler = new ManualScheduler();
    const future = new Future({ scheduler });
    const awaiter = new RecordingAwaiter(scheduler);
    const seen: unknown[] = [];
    awaiter.run(() => future.addDoneCallback(() => seen.push(currentAwaiter())));
    awaiter.run(() => future.setResult(1));
    await scheduler.turn();
    expect(seen).toEqual([scheduler.bystander]);
  });

  it("run on a scheduler that has only callSoon and callLater", async () => {
    const scheduler = new ManualScheduler();
    const future = new Future<number>({ scheduler: minimalScheduler(scheduler) });
    const log: number[] = [];
    future.addDoneCallback((done) => log.push(done.result()));
    future.setResult(1);
    expect(log).toEqual([]);
    await scheduler.turn();
    expect(log).toEqual([1]);
  });

  it("run on host ticks without a scheduler, in order", async () => {
    const future = new Future<number>();
    const log: string[] = [];
    future.addDoneCallback(() => log.push("a"));
    future.addDoneCallback(() => log.push("b"));
    future.setResult(1);
    log.push("settled");
    await microtasks();
    expect(log).toEqual(["settled", "a", "b"]);
  });

  it("run on host ticks when the scheduler has closed, so that nothing hangs", async () => {
    const scheduler = new ManualScheduler();
    const future = new Future<number>({ scheduler });
    const log: string[] = [];
    future.addDoneCallback(() => log.push("called"));
    scheduler.isClosed = true;
    future.setResult(1);
    await microtasks();
    expect(log).toEqual(["called"]);
  });

  it("go on without a scheduler's handler: a throwing one is a process warning", async () => {
    const warnings = vi.spyOn(process, "emitWarning").mockImplementation(() => {});
    const future = new Future();
    future.addDoneCallback(function faulty() {
      throw new Error("boom");
    });
    future.setResult(1);
    await microtasks();
    expect(warnings.mock.calls.map(([message]) => message)).toEqual([
      "Exception in callback faulty() of <Future finished result=1>",
    ]);
    warnings.mockRestore();
  });
});

describe("cancel", () => {
  it("FUT-11 carries its reason into the CancelledError of those who await", async () => {
    const future = new Future();
    const waiting = rejectionOf(future);
    await microtasks();
    future.cancel("shutting down");
    const error = (await waiting) as CancelledError;
    expect(error).toBeInstanceOf(CancelledError);
    expect([error.reason, error.message]).toEqual(["shutting down", "shutting down"]);
  });

  it("keeps any value as its reason, for everyone and for good", () => {
    const reason = { code: 7 };
    const future = new Future();
    expect(future.cancelReason).toBeUndefined();
    future.cancel(reason);
    future.cancel("again");
    const errors = [thrownBy(() => future.result()), thrownBy(() => future.exception())] as CancelledError[];
    expect(errors.map((error) => error.reason)).toEqual([reason, reason]);
    expect(future.cancelReason).toBe(reason);
  });

  it("lets a running call set its result afterwards: it was refused", () => {
    const future = new Future<number>();
    future.setRunningOrNotifyCancel();
    future.cancel();
    future.setResult(1);
    expect(future.result()).toBe(1);
  });
});

describe("await", () => {
  it("FUT-15 of a finished future takes no turn, any number of times", async () => {
    const scheduler = new ManualScheduler();
    const future = new Future<object>({ scheduler });
    const value = {};
    future.setResult(value);
    expect((await future) === value && (await future) === value).toBe(true);
    expect(await scheduler.turn()).toBe(0);
  });

  it("of a failed future throws the very exception, also long after it failed", async () => {
    const future = new Future();
    const error = new Error("boom");
    future.setException(error);
    await microtasks();
    expect(await rejectionOf(future)).toBe(error);
  });

  it("resumes on a turn of the awaiter's scheduler, in the order in which the awaits and callbacks came", async () => {
    const scheduler = new ManualScheduler();
    const awaiter = new RecordingAwaiter(scheduler);
    const future = new Future<number>();
    const log: string[] = [];
    const waits = awaiter.run(() =>
      ["a", "b"].map(async (name) => {
        log.push(`${name} got ${await future}`);
      }),
    );
    await microtasks();
    future.setResult(1);
    await microtasks();
    log.push("turn");
    await scheduler.turn();
    await Promise.all(waits);
    expect(log).toEqual(["turn", "a got 1", "b got 1"]);
  });

  it("keeps awaits and callbacks of one future in one order", async () => {
    const scheduler = new ManualScheduler();
    const future = new Future<number>({ scheduler });
    const log: string[] = [];
    future.addDoneCallback(() => log.push("callback a"));
    void (async () => log.push(`await ${await future}`))();
    await microtasks();
    future.addDoneCallback(() => log.push("callback b"));
    future.setResult(1);
    await scheduler.turn();
    expect(log).toEqual(["callback a", "await 1", "callback b"]);
  });

  it("tells the awaiter what it waits for, and when the wait has ended", async () => {
    const scheduler = new ManualScheduler();
    const awaiter = new RecordingAwaiter(scheduler);
    const future = new Future<number>({ scheduler });
    const waiting = awaiter.run(async () => await future);
    await microtasks();
    expect([awaiter.targets, awaiter.resumed]).toEqual([[future], []]);
    future.setResult(1);
    await scheduler.turn();
    expect([await waiting, awaiter.resumed]).toEqual([1, awaiter.suspended]);
  });

  it("throws what the awaiter refuses it with, one turn later, and leaves the future alone", async () => {
    const scheduler = new ManualScheduler();
    const awaiter = new RecordingAwaiter(scheduler);
    awaiter.refusal = new UsageError("no");
    const future = new Future<number>({ scheduler });
    const waiting = rejectionOf(awaiter.run(async () => await future));
    await microtasks();
    expect(String(future)).toBe("<Future pending>");
    await scheduler.turn();
    expect(await waiting).toBe(awaiter.refusal);
  });

  it("throws the cancellation that was requested meanwhile in place of the result", async () => {
    const scheduler = new ManualScheduler();
    const awaiter = new RecordingAwaiter(scheduler);
    const future = new Future<number>({ scheduler });
    const waiting = rejectionOf(awaiter.run(async () => await future));
    await microtasks();
    future.setResult(1);
    awaiter.interruption = new CancelledError("too late");
    await scheduler.turn();
    expect(await waiting).toBe(awaiter.interruption);
  });

  it("of a future of another scheduler is a UsageError in the task", async () => {
    const [here, there] = [new ManualScheduler(), new ManualScheduler()];
    const awaiter = new RecordingAwaiter(here);
    const future = new Future<number>({ scheduler: there });
    const waiting = rejectionOf(awaiter.run(async () => await future));
    await microtasks();
    await here.turn();
    expect(await waiting).toEqual(
      new UsageError(
        "<Future pending> awaits a future of another loop: <Future pending>; await it in a task of its own loop",
      ),
    );
  });

  it("of a future without a scheduler is woken through the scheduler of whoever awaits it", async () => {
    const schedulers = [new ManualScheduler(), new ManualScheduler()];
    const future = new Future<number>();
    const waits = schedulers.map((scheduler) =>
      new RecordingAwaiter(scheduler).run(async () => await future),
    );
    await microtasks();
    future.setResult(1);
    expect(await Promise.all(schedulers.map((scheduler) => scheduler.turn()))).toEqual([1, 1]);
    expect(await Promise.all(waits)).toEqual([1, 1]);
  });
});

describe("then, catch and finally", () => {
  it("catch handles a failure and a cancellation, and passes a result", async () => {
    const [failed, cancelled, finished] = [new Future<number>(), new Future<number>(), new Future<number>()];
    failed.setException(new Error("boom"));
    cancelled.cancel();
    finished.setResult(1);
    const outcomes = [failed, cancelled, finished].map((future) =>
      future.catch((error: unknown) => String(error)),
    );
    expect(await Promise.all(outcomes)).toEqual(["Error: boom", "CancelledError: cancelled", 1]);
  });

  it("finally is called without arguments, and passes the outcome", async () => {
    const [failed, finished] = [new Future<number>(), new Future<number>()];
    const error = new Error("boom");
    failed.setException(error);
    finished.setResult(1);
    const callback = vi.fn();
    expect(await finished.finally(callback)).toBe(1);
    expect(await rejectionOf(failed.finally(callback))).toBe(error);
    expect(callback.mock.calls).toEqual([[], []]);
  });

  it("finally passes what its callback throws", async () => {
    const future = new Future<number>();
    future.setResult(1);
    const error = new Error("clean-up");
    const outcome = future.finally(() => {
      throw error;
    });
    expect(await rejectionOf(outcome)).toBe(error);
  });

  it("return promises, also without arguments", async () => {
    const future = new Future<number>();
    future.setResult(1);
    const promises = [future.then(), future.then(null, null), future.catch(), future.finally()];
    expect(promises.every((promise) => promise instanceof Promise)).toBe(true);
    expect(await Promise.all(promises)).toEqual([1, 1, 1, 1]);
  });
});

describe("text form", () => {
  const scheduler = new ManualScheduler();
  const named = (...names: string[]) => {
    const future = new Future({ scheduler });
    for (const name of names) future.addDoneCallback({ [name]: () => {} }[name]!);
    return future;
  };

  it("FUT-19 shows pending, running, finished with its outcome, and cancelled", () => {
    const futures = Array.from({ length: 5 }, () => new Future<unknown>());
    const [, running, finished, failed, cancelled] = futures;
    running!.setRunningOrNotifyCancel();
    finished!.setResult({ a: [1] });
    failed!.setException(new Error("boom"));
    failed!.exception();
    cancelled!.cancel();
    expect(futures.map(String)).toEqual([
      "<Future pending>",
      "<Future running>",
      "<Future finished result={ a: [Array] }>",
      "<Future finished exception=Error: boom>",
      "<Future cancelled>",
    ]);
  });

  it("FUT-19 shows the first, the number between and the last of more than two callbacks", () => {
    expect(
      [named("a"), named("a", "b"), named("a", "b", "c"), named("a", "b", "c", "d")].map(String),
    ).toEqual([
      "<Future pending cb=[a()]>",
      "<Future pending cb=[a(), b()]>",
      "<Future pending cb=[a(), <1 more>, c()]>",
      "<Future pending cb=[a(), <2 more>, d()]>",
    ]);
  });

  it("FUT-20 names the place where the future was made, in debug mode", () => {
    const future = new Future({ scheduler: new ManualScheduler({ debug: true }) });
    expect(String(future)).toMatch(/^<Future pending created at .*future\.test\.ts:\d+:\d+\)?>$/);
  });

  it("keeps a long result short", () => {
    const future = new Future<string>();
    future.setResult("x".repeat(10_000));
    expect(String(future).length).toBeLessThan(150);
  });

  it("survives a result that holds the future itself", () => {
    const future = new Future<unknown>();
    future.setResult([future]);
    expect(String(future)).toMatch(/^<Future finished result=\[.*\]>$/);
  });
});
