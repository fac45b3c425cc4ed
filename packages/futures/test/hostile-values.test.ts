/** Values that throw when they are looked at, that change after they were set, and callers that expect a Promise. */
import { microtasks } from "@async/test-kit";
import { afterEach, describe, expect, it, vi } from "vitest";

import { Future, wait } from "../src/index.ts";
import { chainFuture } from "../src/port.ts";
import { ManualScheduler } from "./manual-scheduler.ts";

const fail = (): never => {
  throw new Error("do not look at me");
};

function revoked(): object {
  const { proxy, revoke } = Proxy.revocable({}, {});
  revoke();
  return proxy;
}

const hostile: [string, () => unknown][] = [
  [
    "an error whose inspection throws",
    () => Object.assign(new Error(), { [Symbol.for("nodejs.util.inspect.custom")]: fail }),
  ],
  ["an object whose inspection throws", () => ({ [Symbol.for("nodejs.util.inspect.custom")]: fail })],
  ["an error whose name throws", () => Object.defineProperty(new Error(), "name", { get: fail })],
  ["an error whose message throws", () => Object.defineProperty(new Error(), "message", { get: fail })],
  [
    "an error whose name is an object that throws",
    () => Object.assign(new Error(), { name: { toString: fail } }),
  ],
  ["an error whose stack throws", () => Object.defineProperty(new Error(), "stack", { get: fail })],
  ["a revoked proxy", revoked],
  [
    "a proxy whose traps throw",
    () => new Proxy({}, { has: fail, get: fail, getPrototypeOf: fail, ownKeys: fail }),
  ],
];

describe.each(hostile)("%s", (_, make) => {
  it("is an exception like any other, and the future has a text", () => {
    const future = new Future({ scheduler: new ManualScheduler() });
    const error = make();
    future.setException(error);
    expect(String(future)).toMatch(/^<Future finished exception=.*>$/s);
    expect(future.exception() === error).toBe(true);
  });
});

describe("a result whose inspection throws", () => {
  it("leaves the future a text", () => {
    const future = new Future();
    future.setResult({ [Symbol.for("nodejs.util.inspect.custom")]: fail });
    expect(String(future)).toBe("<Future finished result=object>");
  });
});

describe("a future that follows another", () => {
  function chain() {
    const scheduler = new ManualScheduler();
    const source = new Future<unknown>({ scheduler });
    return { scheduler, source, target: chainFuture(source, new Future<unknown>({ scheduler })) };
  }

  it("takes a result over that has become a thenable since it was set", async () => {
    const { scheduler, source, target } = chain();
    const value: { then?: () => void } = {};
    source.setResult(value);
    value.then = () => expect.unreachable("it is awaited");
    await scheduler.settle();
    expect(target.result() === value).toBe(true);
    expect(scheduler.reports).toEqual([]);
  });

  it("takes an error class over that was thrown, and makes no instance of it", async () => {
    const { scheduler, source, target } = chain();
    class Thrown extends Error {
      constructor() {
        super();
        expect.unreachable("an instance is made");
      }
    }
    // As a task fails: the very value that was thrown, past the check of setException.
    (source as unknown as { fail: (error: unknown) => void }).fail(Thrown);
    await scheduler.settle();
    expect(target.exception()).toBe(Thrown);
  });
});

describe("then, called with the resolvers of a real Promise", () => {
  it.each(["then", "catch", "finally"] as const)("gives something with `%s` to go on with", async (name) => {
    const future = new Future<number>();
    const log: string[] = [];
    let rest: Promise<unknown> | undefined;
    const followed = new Promise<number>((resolve, reject) => {
      const chained: Promise<unknown> = future.then(resolve, reject);
      rest = name === "catch" ? chained.catch(() => {}) : chained[name](() => void log.push("went on"));
    });
    future.setResult(1);
    await rest;
    expect([await followed, log]).toEqual([1, name === "catch" ? [] : ["went on"]]);
  });
});

describe("wait", () => {
  afterEach(() => {
    vi.restoreAllMocks();
  });

  it.each([-5, -Infinity])("with a timeout of %d ms gives no process warning", async (timeout) => {
    const warnings = vi.spyOn(process, "emitWarning").mockImplementation(() => {});
    const future = new Future();
    const { pending } = await wait([future], { timeout });
    await microtasks();
    expect([pending.has(future), warnings.mock.calls]).toEqual([true, []]);
  });
});
