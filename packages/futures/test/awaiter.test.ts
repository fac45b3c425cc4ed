import { microtasks } from "@async/test-kit";
import { describe, expect, it } from "vitest";

import { currentAwaiter } from "../src/port.ts";
import { ManualScheduler } from "./manual-scheduler.ts";
import { RecordingAwaiter } from "./recording-awaiter.ts";

describe("currentAwaiter", () => {
  it("is undefined outside of tasks and callbacks", () => {
    expect(currentAwaiter()).toBeUndefined();
  });

  it("is carried through awaits, of two tasks side by side", async () => {
    const scheduler = new ManualScheduler();
    const tasks = [new RecordingAwaiter(scheduler), new RecordingAwaiter(scheduler)];
    const seen = await Promise.all(
      tasks.map((task) =>
        task.run(async () => {
          const before = currentAwaiter();
          await microtasks();
          return [before, currentAwaiter()];
        }),
      ),
    );
    expect(seen).toEqual(tasks.map((task) => [task, task]));
  });
});
