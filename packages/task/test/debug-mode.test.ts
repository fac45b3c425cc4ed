import { programRunner } from "@async/test-kit";
import { describe, expect, it } from "vitest";

import { createTask, sleep } from "../src/index.ts";
import { onVirtualTime, recordReports, virtualLoop } from "./on-virtual-time.ts";

const runProgram = programRunner(import.meta.dirname);

describe("debug mode", () => {
  it("reports a task that ends well although its cancellation was never answered", async () => {
    const loop = virtualLoop({ debug: true });
    const reports = recordReports(loop);
    await onVirtualTime(async () => {
      const swallows = createTask(() => sleep(100).catch(() => {}), { name: "swallower" });
      const answers = createTask((self) => sleep(100).catch(() => self.uncancel()), { name: "answerer" });
      await sleep(0);
      swallows.cancel();
      answers.cancel();
      await sleep(1);
    }, loop);
    expect(reports).toEqual(["Task 'swallower' swallowed its cancellation"]);
  });

  it("shows where a task was created", () =>
    onVirtualTime(
      async () => {
        const task = createTask(() => 1);
        expect(String(task)).toMatch(/created at .*debug-mode\.test\.ts:\d+/);
      },
      virtualLoop({ debug: true }),
    ));

  it("names a step of a task that takes long", { tags: ["slow"] }, async () => {
    const { stdout } = await runProgram(`
      import { createTask, run } from "@async/task";

      process.on("warning", ({ name, message }) => console.log(name + ": " + message));
      const main = async ({ loop }) => {
        loop.slowCallbackDuration = 20;
        await createTask(() => { const end = performance.now() + 30; while (performance.now() < end); }, { name: "busy" });
      };
      await run(main, { debug: true });
    `);
    expect(stdout).toMatch(/^SlowCallbackWarning: Executing <Task .*name='busy'.*> took \d+ ms\n$/);
  });
});
