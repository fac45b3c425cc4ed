import { errorOf, microtasks, thrownBy } from "@async/test-kit";
import { describe, expect, it, vi } from "vitest";

import { CancelledError, Future, InvalidStateError } from "../src/index.ts";

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

describe("cancel", () => {
  it("FUT-11 carries its reason into the CancelledError of those who await", async () => {
    const future = new Future();
    const waiting = errorOf(future);
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
    expect(await errorOf(failed.finally(callback))).toBe(error);
    expect(callback.mock.calls).toEqual([[], []]);
  });

  it("finally passes what its callback throws", async () => {
    const future = new Future<number>();
    future.setResult(1);
    const error = new Error("clean-up");
    const outcome = future.finally(() => {
      throw error;
    });
    expect(await errorOf(outcome)).toBe(error);
  });

  it("return promises, also without arguments", async () => {
    const future = new Future<number>();
    future.setResult(1);
    const promises = [future.then(), future.then(null, null), future.catch(), future.finally()];
    expect(promises.every((promise) => promise instanceof Promise)).toBe(true);
    expect(await Promise.all(promises)).toEqual([1, 1, 1, 1]);
  });
});
