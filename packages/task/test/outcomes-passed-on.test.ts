/** What tasks, gather and shield make of outcomes: each is passed on as it is, neither awaited nor instantiated once more. */
import { Future } from "@async/futures";
import { errorOf } from "@async/test-kit";
import { describe, expect, it } from "vitest";

import { createTask, gather, shield, sleep } from "../src/index.ts";
import { onVirtualTime } from "./on-virtual-time.ts";

describe("a result that became a thenable after it was set", () => {
  it.each([
    ["shield", (future: Future<object>) => shield(future), (outcome: unknown) => outcome],
    ["gather", (future: Future<object>) => gather([future]), (outcome: unknown) => (outcome as unknown[])[0]],
  ] as const)("is passed on by %s as it is", (_, follow, resultIn) =>
    onVirtualTime(async () => {
      const value = {};
      const future = new Future<object>();
      const follower: Future = follow(future);
      future.setResult(value);
      Object.assign(value, { then: () => expect.unreachable("it is awaited") });
      await sleep(0);
      await sleep(0);
      expect(follower.done()).toBe(true);
      expect(resultIn(follower.result()) === value).toBe(true);
    }),
  );
});

describe("an error class that was thrown", () => {
  it.each([
    ["shield", (task: Future) => shield(task)],
    ["gather", (task: Future) => gather([task])],
  ] as const)("is passed on by %s as it is", (_, follow) =>
    onVirtualTime(async () => {
      const task = createTask(() => Promise.reject(RangeError));
      expect(await errorOf(follow(task))).toBe(RangeError);
    }),
  );
});

describe("an object whose `then` throws", () => {
  const error = new Error("then");

  it("is, returned by the function of a task, what the task throws", () =>
    onVirtualTime(async () => {
      const thenable = Object.defineProperty({}, "then", {
        get(): never {
          throw error;
        },
      });
      expect(await errorOf(createTask(() => thenable))).toBe(error);
      expect(await errorOf(createTask(async () => thenable))).toBe(error);
    }));

  it("fails a gather as it would fail an await, after the functions beside it have started", () =>
    onVirtualTime(async () => {
      const log: string[] = [];
      const thenable = {
        then(): never {
          throw error;
        },
      };
      const gathering = gather([async () => log.push("started"), thenable as PromiseLike<never>]);
      expect(gathering).toBeInstanceOf(Future);
      expect(await errorOf(gathering)).toBe(error);
      await sleep(0);
      expect(log).toEqual(["started"]);
    }));
});
