import { AsyncLocalStorage } from "node:async_hooks";

import { describe, expect, it } from "vitest";

import { CallbackContext, currentAwaiter } from "../src/port.ts";
import { ManualScheduler } from "./manual-scheduler.ts";
import { RecordingAwaiter } from "./recording-awaiter.ts";
import { thrownBy } from "./thrown-by.ts";

const storage = new AsyncLocalStorage<string>();
const { bystander } = new ManualScheduler();

describe("CallbackContext", () => {
  it("calls in the context in which it was made, and hands the result back", () => {
    const context = storage.run("maker", () => new CallbackContext());
    const seen = storage.run("caller", () =>
      context.call(bystander, (n: number) => [storage.getStore(), n], [7]),
    );
    expect(seen).toEqual(["maker", 7]);
  });

  it("puts the bystander in the place of the task that made it", () => {
    const task = new RecordingAwaiter(new ManualScheduler());
    const context = task.run(() => new CallbackContext());
    expect(context.call(bystander, currentAwaiter, [])).toBe(bystander);
    expect(context.call(undefined, currentAwaiter, [])).toBeUndefined();
  });

  it("restores the context of the caller, also when the function throws", () => {
    const task = new RecordingAwaiter(new ManualScheduler());
    const context = storage.run("maker", () => new CallbackContext());
    const error = new Error("boom");
    const after = task.run(() =>
      storage.run("caller", () => {
        const thrown = thrownBy(() =>
          context.call(bystander, () => {
            throw error;
          }, []),
        );
        return [thrown, storage.getStore(), currentAwaiter()];
      }),
    );
    expect(after).toEqual([error, "caller", task]);
  });
});
