import { TimeoutError, isCancelled } from "@async/futures";
import { EventLoop, VirtualClock } from "@async/loop";
import { type Coroutine, createTask, currentTask, gather, run, sleep } from "@async/task";
import { describe, expect, it } from "vitest";

import { TimelineRecorder } from "../../src/timeline/timeline-recorder.ts";
import type { TaskSpan } from "../../src/timeline/timeline.ts";

function runVirtual<T>(main: Coroutine<T>): Promise<T> {
  return run(main, { loop: new EventLoop({ clock: new VirtualClock() }) });
}

/** Returns what is recorded of a task that runs the function and is cancelled after 5 ms, if it is still there. */
function record(fn: (step: () => void) => Promise<unknown>): Promise<TaskSpan | undefined> {
  return runVirtual(async () => {
    const recorder = new TimelineRecorder();
    await sleep(100);
    recorder.beginChapter("one");
    const task = createTask(() => fn(() => recorder.noteStep(currentTask())), { name: "task" });
    recorder.watch(task);
    await sleep(5);
    task.cancel("enough");
    await gather([task], { returnExceptions: true });
    await sleep(0);
    recorder.endChapter();
    return recorder.timeline().chapters[0]?.tasks[0];
  });
}

describe("TimelineRecorder", () => {
  it("notes when the task ran, from the start of the chapter", async () => {
    const span = await record(async (step) => {
      step();
      await sleep(2);
      step();
      await sleep(1);
      return 42n;
    });
    const outcome = { kind: "finished", detail: "42" };
    expect(span).toEqual({ name: "task", start: 0, end: 3, steps: [0, 2], cancelledAt: null, outcome });
  });

  it("notes when the task was asked to cancel, and that it went on to clean up", async () => {
    const span = await record(async () => {
      try {
        await sleep(1000);
      } finally {
        await sleep(20);
      }
    });
    expect(span).toMatchObject({
      end: 25,
      cancelledAt: 5,
      outcome: { kind: "cancelled", detail: "enough" },
    });
  });

  it("notes what a failed task threw", async () => {
    const span = await record(async () => {
      throw new RangeError("too much");
    });
    expect(span?.outcome).toEqual({ kind: "failed", detail: "RangeError: too much" });
  });

  it("tells a task whose time was up from others that failed", async () => {
    const span = await record(async () => {
      throw new TimeoutError("the time is up");
    });
    expect(span?.outcome).toEqual({ kind: "timed out", detail: "the time is up" });
  });

  it("does not take the cancellation from the task that it observes", () =>
    runVirtual(async () => {
      const recorder = new TimelineRecorder();
      recorder.beginChapter("one");
      let seen: unknown;
      const task = createTask(async () => {
        await Promise.resolve();
        // Nothing that can be cancelled is awaited meanwhile: the next await throws.
        task.cancel("now");
        await sleep(10).catch((error: unknown) => {
          seen = error;
        });
      });
      recorder.watch(task);
      await task;
      expect(isCancelled(seen) && seen.reason).toBe("now");
    }));

  it("leaves out what is not done when the chapter ends, and tasks that are not watched", () =>
    runVirtual(async () => {
      const recorder = new TimelineRecorder();
      recorder.beginChapter("one");
      recorder.watch(createTask(() => sleep(1000), { name: "late" }));
      recorder.noteStep(currentTask());
      await sleep(1);
      recorder.endChapter();
      expect(recorder.timeline().chapters).toEqual([{ title: "one", start: 0, end: 1, tasks: [] }]);
    }));
});
