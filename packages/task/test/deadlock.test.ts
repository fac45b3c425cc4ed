import { Future } from "@async/futures";
import { getRunningLoop } from "@async/loop";
import { errorOf, programRunner } from "@async/test-kit";
import { describe, expect, it } from "vitest";

import { DeadlockError, type Task, createTask, gather, shield, sleep, timeout } from "../src/index.ts";
import { onVirtualTime, recordReports, virtualLoop } from "./on-virtual-time.ts";

const runProgram = programRunner(import.meta.dirname);

describe("a deadlock", () => {
  it("on virtual time rejects at once with who waits for what", async () => {
    const error = await errorOf(onVirtualTime(() => new Future()));
    expect(error).toBeInstanceOf(DeadlockError);
    expect([(error as DeadlockError).code, ...error.message.split("\n").slice(0, 1)]).toEqual([
      "ERR_DEADLOCK",
      "Deadlock: nothing is ready, no timer is set, and these tasks wait:",
    ]);
    expect(error.message).toMatch(/^ {2}<Task pending name='Task-\d+' waitFor=Future>/m);
  });

  it("names the tasks, and the circle in which they wait", async () => {
    const error = await errorOf(
      onVirtualTime(async () => {
        const left: Task = createTask(async () => await right, { name: "left" });
        const right: Task = createTask(async () => await left, { name: "right" });
        await left;
      }),
    );
    expect(error.message).toMatch(/^They wait in a circle: Task 'left' -> Task 'right' -> Task 'left'$/m);
    expect(error.message).toMatch(/^ {2}<Task pending name='left' waitFor=Task 'right' /m);
  });

  it("finds a circle that goes through a gather and a shield", async () => {
    const error = await errorOf(
      onVirtualTime(async () => {
        const inner: Task = createTask(async () => await outer, { name: "inner" });
        const outer: Task = createTask(async () => await gather([shield(inner)]), { name: "outer" });
        await outer;
      }),
    );
    expect(error).toBeInstanceOf(DeadlockError);
    expect(error.message).toMatch(/They wait in a circle: .*inner.*/);
  });

  it("on virtual time is also a wait for the host, which takes no virtual time", async () => {
    const loop = virtualLoop();
    const reports = recordReports(loop);
    const error = await errorOf(onVirtualTime(() => new Promise(() => {}), loop));
    expect(error).toBeInstanceOf(DeadlockError);
    expect(error.message).toMatch(/^ {2}<Task pending /m);
    // Main goes on waiting when it is cancelled, too: a native promise cannot be interrupted. That is not reported once more.
    expect(reports).toEqual([]);
  });

  it("a main that waits with a timeout is none", () =>
    onVirtualTime(async () => {
      expect((await errorOf(timeout(10, () => new Future()))).name).toBe("TimeoutError");
    }));

  it("a task that waits for ever beside a main that ends is none", () =>
    onVirtualTime(async () => {
      void createTask(async () => await new Future());
      await sleep(1);
      expect(getRunningLoop().isRunning()).toBe(true);
    }));

  it(
    "on real time ends the program with an error in place of Node's silent exit code 13",
    { tags: ["slow"] },
    async () => {
      const { exitCode, stdout, stderr } = await runProgram(`
      import { createTask, gather, run } from "@async/task";

      await run(async () => {
        const left = createTask(async () => await right, { name: "left" });
        const right = createTask(async () => await gather([left]), { name: "right" });
        await left;
      });
    `);
      expect([exitCode, stdout]).toEqual([1, ""]);
      expect(stderr).toMatch(/DeadlockError: Deadlock: nothing is ready/);
      expect(stderr).toMatch(/^ {2}<Task pending name='left' waitFor=Task 'right' /m);
      expect(stderr).toMatch(
        /^They wait in a circle: Task 'left' -> Task 'right' -> GatheringFuture -> Task 'left'$/m,
      );
    },
  );

  it("on real time can be caught, and clean-up of main runs", { tags: ["slow"] }, async () => {
    const ended = await runProgram(`
      import { Future } from "@async/futures";
      import { DeadlockError, run, sleep } from "@async/task";

      try {
        await run(async () => {
          try {
            await new Future();
          } finally {
            await sleep(1);
            console.log("cleaned up");
          }
        });
      } catch (error) {
        console.log(error instanceof DeadlockError);
      }
      console.log(await run(() => sleep(1, "went on")));
    `);
    expect(ended).toEqual({ exitCode: 0, signal: null, stdout: "cleaned up\ntrue\nwent on\n", stderr: "" });
  });

  it(
    "on real time is none while the host has work: a server, a timer, a request",
    { tags: ["slow"] },
    async () => {
      const ended = await runProgram(`
      import { Future } from "@async/futures";
      import { run } from "@async/task";

      const future = new Future();
      setTimeout(() => future.setResult("woken by the host"), 20);
      console.log(await run(() => future));
    `);
      expect(ended).toEqual({ exitCode: 0, signal: null, stdout: "woken by the host\n", stderr: "" });
    },
  );
});
