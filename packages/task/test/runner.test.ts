import { UsageError } from "@async/futures";
import { getRunningLoop } from "@async/loop";
import { errorOf } from "@async/test-kit";
import { describe, expect, it } from "vitest";

import { Runner, createTask, run, sleep } from "../src/index.ts";
import { virtualLoop } from "./on-virtual-time.ts";

describe("Runner", () => {
  it("runs several main functions on one loop; tasks go on from one to the next", async () => {
    await using runner = new Runner({ loop: virtualLoop() });
    const log: unknown[] = [];
    await runner.run(async () => {
      void createTask(async () => {
        await sleep(10);
        log.push(`task at ${getRunningLoop().time()}`);
      });
      await sleep(1);
      log.push(`first main at ${getRunningLoop().time()}`);
    });
    await runner.run(async () => {
      await sleep(20);
      log.push(`second main at ${getRunningLoop().time()}`);
    });
    expect(log).toEqual(["first main at 1", "task at 10", "second main at 21"]);
  });

  it("makes its loop when it is first asked for", async () => {
    const runner = new Runner();
    const loop = runner.getLoop();
    expect(await runner.run(async () => getRunningLoop() === loop)).toBe(true);
    await runner.close();
    expect(loop.isClosed()).toBe(true);
  });

  it("RUN-06 may be closed again; use after that is refused", async () => {
    const runner = new Runner({ loop: virtualLoop() });
    await runner.run(async () => 1);
    await runner.close();
    await runner.close();
    const closed = new UsageError("The runner is closed; make a new one");
    expect(() => runner.getLoop()).toThrow(closed);
    expect(await errorOf(runner.run(async () => 1))).toEqual(closed);
  });

  it("RUN-06 may be closed before it was used", async () => {
    const runner = new Runner();
    await runner.close();
    expect(await errorOf(runner.run(async () => 1))).toBeInstanceOf(UsageError);
  });

  it("cancels what is left when it is closed by `await using`", async () => {
    const log: string[] = [];
    {
      await using runner = new Runner({ loop: virtualLoop() });
      await runner.run(async () => {
        void createTask(() => sleep(1e6).finally(() => log.push("cleaned up")));
        await sleep(0);
      });
      log.push("block ends");
    }
    expect(log).toEqual(["block ends", "cleaned up"]);
  });

  it("refuses two runs at a time", async () => {
    await using runner = new Runner({ loop: virtualLoop() });
    const log: string[] = [];
    const first = runner.run(() => sleep(10, "first"));
    const error = await errorOf(runner.run(() => log.push("second runs")));
    expect([error instanceof UsageError, await first, log]).toEqual([true, "first", []]);
  });

  it("says what to do when the program stops its loop", async () => {
    const error = await errorOf(
      run(async ({ loop }) => {
        loop.stop();
        await sleep(1000);
      }),
    );
    expect(error).toEqual(
      new UsageError("The loop was stopped before the main task was done; cancel the task instead"),
    );
  });
});
