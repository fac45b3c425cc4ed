import { AsyncLocalStorage } from "node:async_hooks";

import { describe, expect, it } from "vitest";

import { CallbackContext, currentAwaiter } from "../src/port.ts";
import { ManualScheduler } from "./manual-scheduler.ts";
import { RecordingAwaiter } from "./recording-awaiter.ts";

const storage = new AsyncLocalStorage<string>();
const { bystander } = new ManualScheduler();

const notReached = (error: unknown) => expect.unreachable(String(error));

describe("CallbackContext", () => {
  it("calls in the context in which it was made, with the arguments", () => {
    const seen: unknown[] = [];
    const context = storage.run("maker", () => new CallbackContext());
    storage.run("caller", () => {
      context.call(bystander, (n: number) => seen.push(storage.getStore(), n), [7], notReached);
    });
    expect(seen).toEqual(["maker", 7]);
  });

  it("puts the bystander in the place of the task that made it", () => {
    const seen: unknown[] = [];
    const task = new RecordingAwaiter(new ManualScheduler());
    const context = task.run(() => new CallbackContext());
    for (const other of [bystander, undefined]) {
      context.call(other, () => seen.push(currentAwaiter()), [], notReached);
    }
    expect(seen).toEqual([bystander, undefined]);
  });

  it("reports what the function throws, and restores the context of the caller", () => {
    const task = new RecordingAwaiter(new ManualScheduler());
    const context = storage.run("maker", () => new CallbackContext());
    const error = new Error("boom");
    const reports: unknown[] = [];
    const fails = () => {
      throw error;
    };
    const after = task.run(() =>
      storage.run("caller", () => {
        context.call(bystander, fails, [], (thrown) => reports.push(thrown));
        return [storage.getStore(), currentAwaiter()];
      }),
    );
    expect([reports, after]).toEqual([[error], ["caller", task]]);
  });

  it("reports what an async function throws later", async () => {
    const error = new Error("boom");
    const report = await new Promise((resolve) => {
      new CallbackContext().call(bystander, () => Promise.reject(error), [], resolve);
    });
    expect(report).toBe(error);
  });
});
