/** Values that throw when they are looked at: what a program throws or returns settles its task, whatever it is. */
import { inspect } from "node:util";

import { describe, expect, it } from "vitest";

import { TaskGroup, createTask, gather, shield, sleep, timeout } from "../src/index.ts";
import { onVirtualTime, recordReports, virtualLoop } from "./on-virtual-time.ts";

class WithoutCauseSetter extends Error {
  override get cause(): unknown {
    return undefined;
  }
}

function revoked(): object {
  const { proxy, revoke } = Proxy.revocable({}, {});
  revoke();
  return proxy;
}

const fail = (): never => {
  throw new Error("do not look at me");
};

const hostile: [string, () => unknown][] = [
  ["an error whose class has a getter for `cause` and no setter", () => new WithoutCauseSetter()],
  ["an error whose `cause` throws", () => Object.defineProperty(new Error(), "cause", { get: fail })],
  ["an error whose `name` throws", () => Object.defineProperty(new Error(), "name", { get: fail })],
  ["an error whose `stack` throws", () => Object.defineProperty(new Error(), "stack", { get: fail })],
  ["an error whose inspection throws", () => Object.assign(new Error(), { [inspect.custom]: fail })],
  ["a frozen error", () => Object.freeze(new Error())],
  ["a revoked proxy", revoked],
  ["a proxy whose `has` throws", () => new Proxy(new Error(), { has: fail })],
  ["a proxy whose traps throw", () => new Proxy({}, { getPrototypeOf: fail, has: fail, get: fail })],
];

/** What the work throws. Not by `errorOf` and `toBe`, which print what they compare. */
async function throws(work: PromiseLike<unknown>, thrown: unknown): Promise<boolean> {
  try {
    await work;
  } catch (error) {
    return error === thrown;
  }
  return false;
}

describe.each(hostile)("%s, thrown", (_, make) => {
  const thrown = make();
  const fails = async (): Promise<void> => {
    throw thrown;
  };
  const failsWhenInterrupted = () => sleep(100).catch(fails);

  it("is what the task throws", () =>
    onVirtualTime(async () => {
      const tasks = [createTask(fails), createTask(() => fails(), { eager: true })];
      const inTheFirstStep = createTask(() => {
        throw thrown;
      });
      for (const task of [...tasks, inTheFirstStep]) expect(await throws(task, thrown)).toBe(true);
    }));

  it("leaves the task a text", () =>
    onVirtualTime(async () => {
      const task = createTask(fails, { name: "failing", eager: true });
      await sleep(0);
      expect(String(task)).toMatch(/^<Task finished name='failing' exception=.*>$/s);
      task.cancel();
    }));

  it("is what the task throws when it is cancelled", () =>
    onVirtualTime(async () => {
      const task = createTask(failsWhenInterrupted);
      await sleep(1);
      task.cancel();
      expect(await throws(task, thrown)).toBe(true);
    }));

  it("is what a timeout throws when it expires", () =>
    onVirtualTime(async () => {
      expect(await throws(timeout(5, failsWhenInterrupted), thrown)).toBe(true);
    }));

  it("is what gather and shield throw", () =>
    onVirtualTime(async () => {
      expect(await throws(gather([fails, () => sleep(1)]), thrown)).toBe(true);
      expect(await throws(shield(fails), thrown)).toBe(true);
    }));

  it("is in the group that a task group throws", async () => {
    const loop = virtualLoop();
    const reports = recordReports(loop);
    await onVirtualTime(async () => {
      const ended = timeout(1000, () => TaskGroup.run((group) => void group.createTask(fails)));
      const error = (await ended.then(null, (reason: unknown) => reason)) as AggregateError;
      expect([error.name, error.errors.length, error.errors[0] === thrown]).toEqual([
        "ExceptionGroup",
        1,
        true,
      ]);
    }, loop);
    expect(reports).toEqual([]);
  });
});

describe("a circle of causes", () => {
  it.each([1, 2, 3])("of %d errors comes out of a timeout that expires as it is", (length) =>
    onVirtualTime(async () => {
      const errors = Array.from({ length }, (_, index) => new Error(`error ${index}`));
      for (const [index, error] of errors.entries()) error.cause = errors[(index + 1) % length];
      const body = () => sleep(100).catch(() => Promise.reject(errors[0]));
      expect(await throws(timeout(5, body), errors[0])).toBe(true);
      expect(errors.map(({ cause }) => errors.indexOf(cause as Error))).toEqual(
        errors.map((_, index) => (index + 1) % length),
      );
    }),
  );
});
