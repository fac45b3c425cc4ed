import { CancelledError, Future, UsageError, isCancelled } from "@async/futures";
import { EventLoop, getRunningLoop } from "@async/loop";
import { describe, expect, it } from "vitest";

import { Runner, allTasks, createTask, currentTask, run, sleep } from "../src/index.ts";
import { errorOf, onVirtualTime, recordReports, virtualLoop } from "./on-virtual-time.ts";
import { runProgram } from "./run-program.ts";

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
        new UsageError(
          "run cannot be called from a running event loop; await the function, or make a task of it",
        ),
        [],
      ]);
    },
  );

  it("RUN-02 is allowed in a task of the default loop", async () => {
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
        onVirtualTime(async () => {
          await sleep(1);
          return process.listenerCount("beforeExit") - before;
        }),
      ),
    );
    expect([Math.max(...during), process.listenerCount("beforeExit")]).toEqual([1, before]);
  });

  it("throws main's own error although what main left behind can never end", async () => {
    const thrown = new RangeError("main's");
    const error = await errorOf(
      onVirtualTime(async () => {
        void createTask(() => new Promise(() => {}));
        await sleep(1);
        throw thrown;
      }),
    );
    expect(error).toBe(thrown);
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

describe("without run", () => {
  it("the default loop is there: await, sleep, gather and timeout at the top of a script, which ends by itself", async () => {
    const ended = await runProgram(`
      import { createTask, gather, sleep, timeout } from "@async/task";

      console.log(await createTask(async () => "task"));
      console.log(await sleep(1, "sleep"));
      console.log(await gather([() => sleep(1, "gather"), async () => 2]));
      console.log(await timeout(1000, () => sleep(1, "timeout")));
      await timeout(1, () => sleep(60_000)).catch((error) => console.log(error.name));
    `);
    expect(ended).toEqual({
      exitCode: 0,
      signal: null,
      stdout: "task\nsleep\n[ 'gather', 2 ]\ntimeout\nTimeoutError\n",
      stderr: "",
    });
  });

  it("a program whose tasks wait for ever ends when the host has nothing left to do", async () => {
    const { exitCode, stderr } = await runProgram(`
      import { createTask } from "@async/task";
      import { Future } from "@async/futures";

      createTask(async () => await new Future());
    `);
    expect([exitCode, stderr]).toEqual([0, ""]);
  });
});

describe("I/O while tasks switch", () => {
  it("200 requests are served while 10,000 tasks switch without pause", async () => {
    const { stdout, stderr } = await runProgram(`
      import { once } from "node:events";
      import { createServer } from "node:http";
      import { TaskGroup, gather, run, sleep } from "@async/task";

      await run(async () => {
        const server = createServer((_, response) => response.end("served"));
        server.listen(0, "127.0.0.1");
        await once(server, "listening");
        const url = "http://127.0.0.1:" + server.address().port;
        let switches = 0;
        let served = 0;
        await TaskGroup.run(async (group) => {
          for (let n = 0; n < 10_000; n += 1) {
            group.createTask(async () => {
              for (;;) {
                await sleep(0);
                switches += 1;
              }
            });
          }
          const request = async () => {
            if ((await (await fetch(url)).text()) === "served") served += 1;
          };
          await gather(Array.from({ length: 200 }, () => () => request()));
          group.cancel();
        });
        console.log(served, switches > 10_000);
        server.closeAllConnections();
        server.close();
      });
    `);
    expect([stdout, stderr]).toEqual(["200 true\n", ""]);
  });
});
