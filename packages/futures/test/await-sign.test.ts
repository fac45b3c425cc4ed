import { microtasks } from "@async/test-kit";
import { describe, expect, it } from "vitest";

import { Future } from "../src/index.ts";
import { ManualScheduler } from "./manual-scheduler.ts";
import { RecordingAwaiter } from "./recording-awaiter.ts";

/** Returns how many waits of the task a pending future sees in the code, and what the code returned. */
async function waitsIn(code: (future: Future<number>) => unknown) {
  const scheduler = new ManualScheduler();
  const awaiter = new RecordingAwaiter(scheduler);
  const future = new Future<number>({ scheduler });
  const returned = awaiter.run(() => code(future));
  await microtasks();
  future.setResult(1);
  await scheduler.settle();
  return { waits: awaiter.targets.length, returned };
}

describe("counts as a wait of the task", () => {
  const awaits: Record<string, (future: Future<number>) => unknown> = {
    await: async (future) => await future,
    "a future returned from an async function": async (future) => future,
    "Promise.resolve": (future) => Promise.resolve(future),
    "Promise.all": (future) => Promise.all([future]),
    "Promise.race": (future) => Promise.race([future]),
    "Promise.any": (future) => Promise.any([future]),
    "Promise.allSettled": (future) => Promise.allSettled([future]),
    "a promise resolved with the future": (future) => new Promise((resolve) => resolve(future)),
  };

  it.each(Object.keys(awaits))("%s", async (name) => {
    expect((await waitsIn(awaits[name]!)).waits).toBe(1);
  });

  it("each of two awaits that are open at the same time", async () => {
    expect((await waitsIn((future) => Promise.all([future, future]))).waits).toBe(2);
  });
});

describe("is a call of then, and returns a promise with the outcome", () => {
  const identity = (value: unknown) => value;
  const method = { identity: (value: unknown) => value };
  const nothing = () => {};
  const odd = (...args: unknown[]) => args as never as [typeof identity, typeof identity];
  const calls: Record<string, [unknown?, unknown?]> = {
    "anonymous arrows": odd(
      (
        () => (x: unknown) =>
          x
      )(),
      (
        () => (x: unknown) =>
          x
      )(),
    ),
    "anonymous functions": odd(
      (() =>
        function (x: unknown) {
          return x;
        })(),
      (() => function () {})(),
    ),
    "named functions": odd(identity, nothing),
    methods: odd(method.identity, method.identity),
    "bound functions": odd(identity.bind(null), nothing.bind(null)),
    "bound anonymous functions": odd(
      (
        () => (x: unknown) =>
          x
      )().bind(null),
      (() => () => {})().bind(null),
    ),
    "one function": odd(identity),
    "no arguments": [],
    "null and null": [null, null],
    "undefined and a function": odd(undefined, nothing),
    numbers: odd(1, 2),
    strings: odd("", ""),
    objects: odd({}, []),
    "objects that look like functions": odd({ name: "", call: identity }, { name: "", call: identity }),
    "async functions": odd(
      (
        () => async (x: unknown) =>
          x
      )(),
      (() => async () => {})(),
    ),
    "a native function with a name": odd(Object, Object),
  };

  it.each(Object.keys(calls))("with %s", async (name) => {
    const { waits, returned } = await waitsIn((future) => future.then(...(calls[name] as [])));
    expect(waits).toBe(0);
    expect(returned).toBeInstanceOf(Promise);
    expect(await returned).toEqual(name.includes("native") ? new Object(1) : 1);
  });

  it("with Function.prototype, the native no-op, although it has no name", async () => {
    const { waits, returned } = await waitsIn((future) =>
      future.then(Function.prototype as never, Function.prototype as never),
    );
    expect(waits).toBe(0);
    expect(returned).toBeInstanceOf(Promise);
    expect(await returned).toBeUndefined();
  });

  it.each(["catch", "finally"] as const)("with %s", async (method) => {
    const { waits, returned } = await waitsIn((future) => future[method](() => {}));
    expect(waits).toBe(0);
    expect(await returned).toBe(1);
  });

  it("although the promise that it returns is awaited: a native promise is waited for", async () => {
    const { waits } = await waitsIn(async (future) => await future.then((value) => value + 1));
    expect(waits).toBe(0);
  });
});
