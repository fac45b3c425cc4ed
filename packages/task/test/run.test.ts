import { CancelledError, Future, UsageError, isCancelled } from "@async/futures";
import { EventLoop, getRunningLoop } from "@async/loop";
import { errorOf, programRunner } from "@async/test-kit";
import { describe, expect, it } from "vitest";

import { allTasks, createTask, currentTask, gather, run, sleep } from "../src/index.ts";
import { onVirtualTime, recordReports, virtualLoop } from "./on-virtual-time.ts";

const runProgram = programRunner(import.meta.dirname);

describe("run", () => {
  it("RUN-01 gives what main returns, or throws its error", async () => {
    const thrown = new RangeError("main's");
    expect(await run(async () => 42)).toBe(42);
    expect(await errorOf(run(() => Promise.reject(thrown)))).toBe(thrown);
  });

  it("RUN-01 calls main with its task, on a loop of its own, which is closed at the end", async () => {
    const seen = await run(async (task) => [task === currentTask(), getRunningLoop()] as const);
    expect([seen[0], seen[1].isClosed()]).toEqual([true, true]);
  });

  it("RUN-01 throws the cancellation of a main that cancels itself", async () => {
    const error = await errorOf(
      run(async (task) => {
        task.cancel("by itself");
        await sleep(1000);
      }),
    );
    expect(error).toEqual(new CancelledError("by itself"));
  });

  it.each(["a task", "a callback"])(
    "RUN-02 in %s of a running loop throws, and main is not started",
    async (where) => {
      const log: string[] = [];
      const inner = () => errorOf(run(() => log.push("started")));
      const error = await run(async () => {
        if (where === "a task") return inner();
        const future = new Future<Error>();
        getRunningLoop().callSoon(async () => {
          future.setResult(await inner());
        });
        return future;
      });
      expect([error, log]).toEqual([
        new UsageError("run: another event loop is running here; await the work in it instead"),
        [],
      ]);
    },
  );

  it("RUN-02 is allowed in a task of the default loop", { tags: ["slow"] }, async () => {
    const { exitCode, stdout } = await runProgram(`
      import { createTask, run } from "@async/task";
      console.log(await createTask(() => run(async () => "inner")));
    `);
    expect([exitCode, stdout]).toEqual([0, "inner\n"]);
  });

  it("RUN-03 cancels and awaits the tasks that main left behind", () => {
    const log: string[] = [];
    return onVirtualTime(async () => {
      void createTask(async () => {
        try {
          await sleep(1e6);
        } finally {
          await sleep(10);
          log.push(`cleaned up at ${getRunningLoop().time()}`);
        }
      });
      await sleep(5);
    }).then(() => expect(log).toEqual(["cleaned up at 15"]));
  });

  it("RUN-03 also when main has failed, whose error comes out", async () => {
    const log: string[] = [];
    const error = await errorOf(
      onVirtualTime(async () => {
        void createTask(() => sleep(1e6).finally(() => log.push("cleaned up")));
        await sleep(5);
        throw new RangeError("main's");
      }),
    );
    expect([error.message, log]).toEqual(["main's", ["cleaned up"]]);
  });

  it("RUN-03 leaves each task as many requests as CPython does: one on each way that leads to it", async () => {
    const log: [string, number][] = [];
    await onVirtualTime(async () => {
      const waiter = (name: string, awaited: PromiseLike<unknown>) =>
        createTask(async (task) => {
          try {
            await awaited;
          } finally {
            log.push([name, task.cancelling()]);
          }
        });
      const last = waiter("last", new Future());
      const [left, right] = [waiter("left", last), waiter("right", last)];
      void waiter("both", gather([left, right]));
      await sleep(1);
    });
    expect(log).toEqual([
      ["last", 5],
      ["left", 2],
      ["right", 2],
      ["both", 1],
    ]);
  });

  it("RUN-03 reports a failure of that clean-up", async () => {
    const loop = virtualLoop();
    const reports = recordReports(loop);
    await onVirtualTime(async () => {
      void createTask(() => sleep(1e6).finally(() => Promise.reject(new Error("clean-up failed"))));
      await sleep(5);
    }, loop);
    expect(reports).toEqual(["unhandled exception during run() shutdown"]);
  });

  it("RUN-09 refuses a promise before anything has started, and says what to write", async () => {
    expect(await errorOf(run(Promise.resolve(1) as never))).toEqual(
      new UsageError("run takes a function, got Promise { 1 }; write run(async () => ...)"),
    );
  });

  it.each([[42], [undefined], [null], ["main"], [new Future()]])("RUN-09 refuses %s", async (main) => {
    const error = await errorOf(run(main as never));
    expect(error).toBeInstanceOf(UsageError);
    expect(error.message).toMatch(/^run takes a function, got .*; write run\(async \(\) => ...\)$/);
  });

  it("RUN-09 leaves a loop that it was given open when it refuses", async () => {
    const loop = virtualLoop();
    await errorOf(run(42 as never, { loop }));
    expect(loop.isClosed()).toBe(false);
    loop.close();
  });

  it("refuses a closed loop", async () => {
    const loop = new EventLoop();
    loop.close();
    const error = await errorOf(run(async () => 1, { loop }));
    expect(error).toBeInstanceOf(UsageError);
    expect(error.message).toContain("the event loop is closed; make a new one");
  });

  it("takes debug mode from its option, which wins over the loop's own", () =>
    run(
      async () => {
        expect(getRunningLoop().debug).toBe(true);
      },
      { debug: true, loop: virtualLoop({ debug: false }) },
    ));

  it("several may go on side by side, each on its own time", async () => {
    const main = async () => {
      await sleep(3_600_000);
      return getRunningLoop().time();
    };
    expect(await Promise.all([onVirtualTime(main), onVirtualTime(main)])).toEqual([3_600_000, 3_600_000]);
  });

  it("side by side they share their listeners on the process", async () => {
    const before = process.listenerCount("beforeExit");
    const during = await Promise.all(
      Array.from({ length: 20 }, () =>
        run(async () => {
          await sleep(0);
          return process.listenerCount("beforeExit") - before;
        }),
      ),
    );
    expect([Math.max(...during), process.listenerCount("beforeExit")]).toEqual([1, before]);
  });

  it("throws main's own error although what main left behind can never end", async () => {
    const loop = virtualLoop();
    const reports = recordReports(loop);
    const thrown = new RangeError("main's");
    const error = await errorOf(
      onVirtualTime(async () => {
        void createTask(() => new Promise(() => {}));
        await sleep(1);
        throw thrown;
      }, loop),
    );
    expect([error, reports]).toEqual([thrown, ["unhandled exception during run() shutdown"]]);
  });

  it("leaves no task of its loop behind", async () => {
    const loop = virtualLoop();
    await onVirtualTime(async () => {
      void createTask(() => sleep(1e6));
    }, loop);
    expect(allTasks(loop).size).toBe(0);
  });

  it("leaves no signal handler behind", async () => {
    const count = () => [process.listenerCount("SIGINT"), process.listenerCount("SIGTERM")];
    const before = count();
    const during = await run(async () => count());
    expect([during, count()]).toEqual([before.map((n) => n + 1), before]);
  });

  it("main may end in the very turn in which it was cancelled", () =>
    onVirtualTime(async () => {
      expect(isCancelled(await errorOf(createTask((self) => void self.cancel())))).toBe(true);
    }));
});
