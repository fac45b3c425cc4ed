import { Future, UsageError } from "@async/futures";
import { EventLoop, getRunningLoop } from "@async/loop";
import { errorOf } from "@async/test-kit";
import { describe, expect, it } from "vitest";

import { Runner, type Task, createTask, run, sleep } from "../src/index.ts";
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

  it.each([
    ["on real time", () => new EventLoop(), () => sleep(1000)],
    ["on real time, and nothing else will happen", () => new EventLoop(), () => new Future()],
    ["on virtual time", virtualLoop, () => sleep(1000)],
    ["on virtual time, and nothing else will happen", virtualLoop, () => new Future()],
  ])("says what to do when the program stops its loop %s", async (_, makeLoop, wait) => {
    const log: string[] = [];
    const main = async ({ loop }: Task) => {
      try {
        loop.stop();
        await wait();
      } finally {
        log.push("cleaned up");
      }
    };
    expect(await errorOf(run(main, { loop: makeLoop() }))).toEqual(
      new UsageError("The loop was stopped before the main task was done; cancel the task instead"),
    );
    expect(log).toEqual(["cleaned up"]);
  });

  it.each([
    ["real", () => new EventLoop()],
    ["virtual", virtualLoop],
  ])(
    "gives the result of a main that ends in the turn in which it stops its loop, on %s time",
    async (_, makeLoop) => {
      const main = async ({ loop }: Task) => {
        loop.callSoon(() => loop.stop());
        await sleep(0);
        return "result";
      };
      expect(await run(main, { loop: makeLoop() })).toBe("result");
    },
  );
});
