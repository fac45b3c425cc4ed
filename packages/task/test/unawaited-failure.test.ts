import { EventLoop } from "@async/loop";
import { errorOf, programRunner } from "@async/test-kit";
import { describe, expect, it } from "vitest";

import { createTask, run, sleep } from "../src/index.ts";
import { onVirtualTime, recordReports, virtualLoop } from "./on-virtual-time.ts";

const runProgram = programRunner(import.meta.dirname);

describe("a failure that nobody looked at", () => {
  const failing = (rest: string) => `
    import { createTask, sleep } from "@async/task";
    import { getEventLoop } from "@async/loop";

    const loop = getEventLoop();
    loop.unawaitedFailureDelay = 5;
    const reports = [];
    loop.setExceptionHandler((_, { message }) => reports.push(message));
    process.on("warning", ({ name, message }) => console.log(name + ": " + message));
    const task = createTask(async () => { throw new Error("unseen"); }, { name: "failing" });
    ${rest}
    await sleep(30);
  `;

  it("gives one process warning after unawaitedFailureDelay", { tags: ["slow"] }, async () => {
    const { stdout } = await runProgram(failing(""));
    expect(stdout).toBe(
      "UnawaitedFailureWarning: Task 'failing' exception was never retrieved so far, 5 ms after it failed; await the task, or read its exception()\n",
    );
  });

  it.each([
    ["awaited", "await task.catch(() => {});"],
    ["watched", "task.addDoneCallback((done) => done.exception());"],
    ["read", "await sleep(0); task.exception();"],
    ["cancelled", "await sleep(0); task.cancel();"],
    ["not to be warned of", "loop.unawaitedFailureDelay = null;"],
  ])("gives no warning when it is %s", { tags: ["slow"] }, async (_, rest) => {
    const { stdout, exitCode } = await runProgram(failing(rest));
    expect([stdout, exitCode]).toEqual(["", 0]);
  });

  it("is reported to the exception handler when the loop closes", async () => {
    const loop = new EventLoop();
    const reports = recordReports(loop);
    await run(
      async () => {
        void createTask(() => Promise.reject(new Error("unseen")), { name: "failing" });
        await sleep(0);
      },
      { loop },
    );
    expect(reports).toEqual(["Task 'failing' exception was never retrieved"]);
  });

  it("is not reported when it is awaited long after", async () => {
    const loop = virtualLoop();
    const reports = recordReports(loop);
    await onVirtualTime(async () => {
      const task = createTask(() => Promise.reject(new Error("seen")));
      await sleep(86_400_000);
      await errorOf(task);
    }, loop);
    expect(reports).toEqual([]);
  });

  it("a thrown undefined is a failure too, with an error that says so", () =>
    onVirtualTime(async () => {
      const task = createTask(() => Promise.reject(undefined));
      const error = await errorOf(task);
      expect(error).toEqual(new Error("undefined was thrown; throw an Error instead"));
      expect(task.exception()).toBe(error);
    }));
});
