/** Code that a task has started and does not await: a cancel reaches it, and it takes nothing from the code that is awaited. */
import { Future, isCancelled } from "@async/futures";
import { getRunningLoop } from "@async/loop";
import { errorOf, programRunner } from "@async/test-kit";
import { describe, expect, it } from "vitest";

import { createTask, sleep, timeout } from "../src/index.ts";
import { onVirtualTime } from "./on-virtual-time.ts";

const runProgram = programRunner(import.meta.dirname);

/** Awaits again and again, and writes down how that ended. It ends in any case: a loop that nothing ends would stop virtual time. */
async function loopOf(log: string[], name: string, step: () => PromiseLike<unknown>): Promise<void> {
  try {
    for (let count = 0; count < 1000; count += 1) await step();
    log.push(`${name} was not interrupted`);
  } catch (error) {
    log.push(`${name} ${(error as Error).name}`);
  }
}

const turns = () => sleep(0);

describe("a background loop in a task that waits for nothing but turns", () => {
  it.each([
    ["sleeps", () => sleep(10)],
    ["gives up turns", turns],
  ])("gets the cancel of the task as the task does, when it %s", (_, step) =>
    onVirtualTime(async () => {
      const log: string[] = [];
      const task = createTask(async () => {
        void loopOf(log, "background", step);
        await loopOf(log, "task", turns);
      });
      await sleep(0);
      await sleep(0);
      task.cancel();
      await task;
      await sleep(0);
      expect(log.sort()).toEqual(["background CancelledError", "task CancelledError"]);
    }),
  );

  it("gets the cancel as the task does in the turn in which what it awaits is done", () =>
    onVirtualTime(async () => {
      const log: string[] = [];
      const future = new Future();
      // So that the wake-up of the background stands before the task's next turn, and the request comes between.
      void createTask(() => sleep(0).then(() => future.setResult(null)));
      const task = createTask(async () => {
        void loopOf(log, "background", () => future);
        await loopOf(log, "task", turns);
      });
      await sleep(0);
      await sleep(0);
      task.cancel();
      await task;
      expect(log).toContain("task CancelledError");
    }));

  it("does not take the expiry of a timeout from its body", () =>
    onVirtualTime(async () => {
      const log: string[] = [];
      const main = timeout(50, async () => {
        void loopOf(log, "background", () => sleep(20));
        // Virtual time moves on only when nothing is ready.
        for (let count = 0; count < 1000; count += 1) await sleep(0).then(() => sleep(1));
      });
      expect([(await errorOf(main)).name, log]).toEqual(["TimeoutError", ["background CancelledError"]]);
    }));

  it("does not take the expiry from a body that gives up turns", { tags: ["slow"] }, async () => {
    const { stdout, exitCode } = await runProgram(`
      import { run, sleep, timeout } from "@async/task";
      await run(() =>
        timeout(50, async () => {
          void (async () => {
            try { for (;;) await sleep(10); } catch (error) { console.log("background " + error.name); }
          })();
          for (;;) await sleep(0);
        }),
      ).catch((error) => console.log(error.name));
    `);
    expect([exitCode, stdout]).toEqual([0, "background CancelledError\nTimeoutError\n"]);
  });

  it("does not take the SIGINT from main", { tags: ["slow"] }, async () => {
    const ended = await runProgram(`
      import { run, sleep } from "@async/task";
      await run(async () => {
        void (async () => { try { for (;;) await sleep(10); } catch {} })();
        console.log("kill SIGINT");
        for (;;) await sleep(0);
      });
    `);
    expect(ended).toEqual({ exitCode: 130, signal: null, stdout: "", stderr: "" });
  });
});

describe("a scope whose parent's body has ended", () => {
  it("stays in reach of a cancel", () =>
    onVirtualTime(async () => {
      const task = createTask(async () => {
        let inner: Promise<unknown> | undefined;
        await timeout(1000, async () => {
          inner = timeout(1000, () => sleep(300));
          await sleep(1);
        });
        await inner;
      });
      await sleep(10);
      task.cancel();
      expect([isCancelled(await errorOf(task)), getRunningLoop().time()]).toEqual([true, 10]);
    }));
});
