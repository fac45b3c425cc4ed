import { AsyncLocalStorage } from "node:async_hooks";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";

import type { CancelledError } from "@async/futures";
import { Future, TimeoutError, UsageError, isCancelled } from "@async/futures";
import { EventLoop, getRunningLoop } from "@async/loop";
import { describe, expect, it } from "vitest";

import { type Task, allTasks, createTask, currentTask, run, sleep } from "../src/index.ts";
import { errorOf, onVirtualTime, recordReports, virtualLoop } from "./on-virtual-time.ts";
import { runProgram } from "./run-program.ts";

const forever = () => new Future();

setFlagsFromString("--expose-gc");
const collectGarbage = runInNewContext("gc") as () => void;

describe("createTask", () => {
  it("calls the function on the next turn, with its task", () =>
    onVirtualTime(async () => {
      const log: string[] = [];
      const task = createTask((self) => {
        log.push(`runs, ${self === task}`);
      });
      log.push("created");
      await task;
      expect(log).toEqual(["created", "runs, true"]);
    }));

  it("starts tasks in the order in which they were created", () =>
    onVirtualTime(async () => {
      const log: string[] = [];
      for (const name of ["a", "b", "c"]) void createTask(() => log.push(name));
      await sleep(0);
      expect(log).toEqual(["a", "b", "c"]);
    }));

  it("takes a function that is not async", () =>
    onVirtualTime(async () => {
      const thrown = new Error("at once");
      const failing = createTask(() => {
        throw thrown;
      });
      expect([await createTask(() => 42), await errorOf(failing)]).toEqual([42, thrown]);
    }));

  it("follows what the function returns, also a future", () =>
    onVirtualTime(async () => {
      const inner = createTask(() => sleep(10, "inner"));
      expect(await createTask(() => inner)).toBe("inner");
    }));

  it("TASK-01 names tasks by a number that counts up", () =>
    onVirtualTime(async () => {
      const [first, second] = [createTask(() => 1), createTask(() => 2)].map(({ name }) => name);
      expect([first, second].every((name) => /^Task-\d+$/.test(name!))).toBe(true);
      expect(Number(second!.slice(5))).toBe(Number(first!.slice(5)) + 1);
    }));

  it("TASK-01 makes a string of a name that is none", () =>
    onVirtualTime(async () => {
      const task = createTask(() => 1, { name: 42 as unknown as string });
      expect(task.name).toBe("42");
    }));

  it("TASK-32 refuses a promise, which has started already, and says what to write", () =>
    onVirtualTime(async () => {
      expect(() => createTask(sleep(1) as never)).toThrow(
        new TypeError(
          "createTask takes a function, got a promise, which has started already; write createTask(() => ...), or await ensureFuture(promise)",
        ),
      );
    }));

  it("TASK-32 refuses what is no function and leaves no task behind", () =>
    onVirtualTime(async () => {
      const before = allTasks().size;
      expect(() => createTask(42 as never)).toThrow(
        new TypeError("createTask takes a function, got 42; write createTask(async () => ...)"),
      );
      expect(allTasks().size).toBe(before);
    }));

  it("refuses a closed loop", () => {
    const loop = new EventLoop();
    loop.close();
    expect(() => createTask(() => 1, { loop })).toThrow(
      new UsageError("createTask: the event loop is closed; make a new one"),
    );
  });

  it("XTHR-01 from outside of the loop gives its result, its error or its cancellation", async () => {
    const loop = virtualLoop();
    const thrown = new Error("no");
    const good = createTask(() => sleep(5, "good"), { loop });
    const bad = createTask(() => sleep(5).then(() => Promise.reject(thrown)), { loop });
    const cancelled = createTask(() => sleep(5), { loop });
    loop.callLater(1, () => cancelled.cancel());
    await loop.runUntilIdle();
    expect([good.result(), bad.exception(), cancelled.cancelled()]).toEqual(["good", thrown, true]);
    loop.close();
  });
});

describe("a task's text", () => {
  it("TASK-02 shows its state, its name and what it waits for", () =>
    onVirtualTime(async () => {
      const log: string[] = [];
      const leaf = createTask(() => sleep(10, 7), { name: "leaf" });
      const root = createTask(
        async () => {
          try {
            return await leaf;
          } catch {
            return await sleep(1, "recovered");
          }
        },
        { name: "root" },
      );
      const note = () => log.push(String(root));
      note();
      await sleep(0);
      note();
      root.cancel();
      note();
      await root;
      note();
      log.push(String(leaf));
      expect(log).toEqual([
        "<Task pending name='root'>",
        "<Task pending name='root' waitFor=Task 'leaf'>",
        "<Task cancelling name='root' waitFor=Task 'leaf'>",
        "<Task finished name='root' result='recovered'>",
        "<Task cancelled name='leaf'>",
      ]);
    }));

  it("TASK-02 shows the exception of a failed one", () =>
    onVirtualTime(async () => {
      const task = createTask(() => Promise.reject(new RangeError("too far")), { name: "t" });
      await errorOf(task);
      expect(String(task)).toBe("<Task finished name='t' exception=RangeError: too far>");
    }));

  it("of two tasks that wait for each other does not go in circles", () =>
    onVirtualTime(async () => {
      const left: Task = createTask(async () => await right, { name: "left" });
      const right: Task = createTask(async () => await left, { name: "right" });
      await sleep(0);
      expect(String(left)).toMatch(/^<Task pending name='left' waitFor=Task 'right' /);
      left.cancel();
    }));
});

describe("what a task must not do", () => {
  it("TASK-03 gets an error when it awaits itself", () =>
    onVirtualTime(async () => {
      const task: Task = createTask(async () => await task, { name: "narcissus" });
      const error = await errorOf(task);
      expect(error).toBeInstanceOf(UsageError);
      expect(error.message).toMatch(
        /^<Task pending name='narcissus'.*> awaits itself and would wait for ever; let another task await it$/,
      );
    }));

  it("TASK-03 gets an error when it returns itself", () =>
    onVirtualTime(async () => {
      const task: Task = createTask(() => task, { name: "narcissus" });
      expect(await errorOf(task)).toBeInstanceOf(UsageError);
    }));

  it("TASK-04 gets an error when it awaits a future of another loop", () =>
    onVirtualTime(async () => {
      const foreign = virtualLoop().createFuture();
      const task = createTask(async () => await foreign, { name: "traveller" });
      const error = await errorOf(task);
      expect(error).toBeInstanceOf(UsageError);
      expect(error.message).toMatch(
        /^<Task pending name='traveller'.*> awaits a future of another loop: <Future pending>; await it in a task of its own loop$/,
      );
    }));

  it("TASK-05 takes no result and no exception from outside", () =>
    onVirtualTime(async () => {
      const task: Future = createTask(() => sleep(1, "own"));
      expect(() => task.setResult("foreign")).toThrow(
        new UsageError("Task does not support setResult: its function's return value is the result"),
      );
      expect(() => task.setException(new Error("foreign"))).toThrow(
        new UsageError("Task does not support setException: what its function throws is the exception"),
      );
      expect(await task).toBe("own");
    }));
});

describe("Task.cancel", () => {
  it("TASK-09 never runs the body of a task cancelled before its first step", () =>
    onVirtualTime(async () => {
      const log: string[] = [];
      const task = createTask(() => log.push("body"));
      task.cancel("changed my mind");
      const error = (await errorOf(task)) as CancelledError;
      expect([log, task.cancelled(), error.reason]).toEqual([[], true, "changed my mind"]);
    }));

  it("TASK-10 counts the requests, and the task is cancelled only when its body has ended", () =>
    onVirtualTime(async () => {
      const log: unknown[] = [];
      const task = createTask(async () => {
        try {
          await sleep(100);
        } finally {
          log.push(["in clean-up", task.cancelled()]);
        }
      });
      await sleep(0);
      const note = () => log.push([task.cancelling(), task.cancelled()]);
      note();
      log.push(task.cancel());
      note();
      log.push(task.cancel());
      note();
      await errorOf(task);
      log.push(["after", task.cancelled()]);
      expect(log).toEqual([
        [0, false],
        true,
        [1, false],
        true,
        [2, false],
        ["in clean-up", false],
        ["after", true],
      ]);
    }));

  it("TASK-11 cancels the future that the task waits on, and passes through nested calls", () =>
    onVirtualTime(async () => {
      const log: string[] = [];
      const future = forever();
      const layer = async (name: string, inner: () => PromiseLike<unknown>) => {
        try {
          await inner();
        } finally {
          log.push(name);
        }
      };
      const task = createTask(() =>
        layer("outer", () => layer("middle", () => layer("inner", () => future))),
      );
      await sleep(0);
      task.cancel();
      await errorOf(task);
      expect([future.cancelled(), task.cancelled(), log]).toEqual([true, true, ["inner", "middle", "outer"]]);
    }));

  it("TASK-12 is not needed when somebody else cancels the awaited future: the task ends cancelled too", () =>
    onVirtualTime(async () => {
      const future = forever();
      const task = createTask(async () => await future);
      await sleep(0);
      future.cancel();
      await errorOf(task);
      expect([task.cancelled(), task.cancelling()]).toEqual([true, 0]);
    }));

  it("TASK-14 may be refused: a body that catches it and returns has finished", () =>
    onVirtualTime(async () => {
      const task = createTask(async () => {
        try {
          return await sleep(100, "undisturbed");
        } catch (error) {
          return isCancelled(error);
        }
      });
      await sleep(0);
      task.cancel();
      expect([await task, task.cancelled()]).toEqual([true, false]);
    }));

  it("TASK-16 of a task by itself is thrown at its next await, at once", () =>
    onVirtualTime(async () => {
      const loop = getRunningLoop();
      const log: unknown[] = [];
      const task = createTask(async (self) => {
        self.cancel();
        log.push("goes on");
        try {
          await sleep(1000);
        } finally {
          log.push(["interrupted", loop.time()]);
        }
      });
      await errorOf(task);
      expect([log, task.cancelled()]).toEqual([["goes on", ["interrupted", 0]], true]);
    }));

  it("right before a body that awaits no more ends it cancelled all the same", () =>
    onVirtualTime(async () => {
      const task = createTask((self) => {
        self.cancel("late");
        return 1;
      });
      const error = (await errorOf(task)) as CancelledError;
      expect([task.cancelled(), error.reason]).toEqual([true, "late"]);
    }));

  it("returns false once the task is done", () =>
    onVirtualTime(async () => {
      const task = createTask(() => 1);
      await task;
      expect([task.cancel(), task.cancelled()]).toEqual([false, false]);
    }));

  it.each([["a string"], [42], [{ any: "value" }], [null]])(
    "TASK-23 shows the reason %j to the awaiter, to result() and to exception()",
    (reason) =>
      onVirtualTime(async () => {
        const tasks = [1, 2, 3].map(() => createTask(() => sleep(1000)));
        await sleep(0);
        for (const task of tasks) task.cancel(reason);
        await sleep(1);
        const [awaited, asked, inspected] = tasks as [Task, Task, Task];
        const seen = [
          await errorOf(awaited),
          await errorOf(() => asked.result()),
          await errorOf(() => inspected.exception()),
        ];
        expect(seen.map((error) => (error as CancelledError).reason)).toEqual([reason, reason, reason]);
        expect(awaited.cancelReason).toEqual(reason);
      }),
  );

  it("TASK-24 stays, once, the cause of an error that it led to", () =>
    onVirtualTime(async () => {
      const task = createTask(async () => {
        try {
          await sleep(100);
        } catch {
          throw new Error("clean-up failed");
        }
      });
      await sleep(0);
      task.cancel("stop");
      const error = await errorOf(task);
      const cause = error.cause as CancelledError;
      expect([error.message, isCancelled(cause), cause.reason, cause.cause]).toEqual([
        "clean-up failed",
        true,
        "stop",
        undefined,
      ]);
    }));

  it("TASK-24 leaves a cause alone that the error has", () =>
    onVirtualTime(async () => {
      const task = createTask(async () => {
        try {
          await sleep(100);
        } catch (error) {
          throw new Error("clean-up failed", { cause: error });
        }
      });
      await sleep(0);
      task.cancel("stop");
      const { cause } = await errorOf(task);
      expect([(cause as CancelledError).reason, (cause as CancelledError).cause]).toEqual([
        "stop",
        undefined,
      ]);
    }));

  it("TASK-25 loses against another error thrown while unwinding: the task has failed", () =>
    onVirtualTime(async () => {
      const thrown = new RangeError("while unwinding");
      const task = createTask(async () => {
        try {
          await sleep(100);
        } finally {
          // eslint-disable-next-line no-unsafe-finally -- that is the point
          throw thrown;
        }
      });
      await sleep(0);
      task.cancel();
      expect(await errorOf(task)).toBe(thrown);
      expect(task.cancelled()).toBe(false);
    }));

  it("TASK-26 of a task that has failed withdraws the report of its failure", async () => {
    const loop = virtualLoop();
    const reports = recordReports(loop);
    await onVirtualTime(async () => {
      const fail = () => Promise.reject(new Error("unseen"));
      const tasks = ["left alone", "cancelled"].map((name) => createTask(fail, { name }));
      await sleep(1);
      expect(tasks[1]!.cancel()).toBe(false);
    }, loop);
    expect(reports).toEqual(["Task 'left alone' exception was never retrieved"]);
  });

  it("reaches every await that is open in the task", () =>
    onVirtualTime(async () => {
      const log: string[] = [];
      const part = async (name: string) => {
        try {
          await sleep(100);
        } finally {
          log.push(name);
        }
      };
      const task = createTask(() => Promise.allSettled([part("left"), part("right")]));
      await sleep(0);
      task.cancel();
      await task;
      expect(log).toEqual(["left", "right"]);
    }));

  it("does not cancel a future whose `then` the task only called", () =>
    onVirtualTime(async () => {
      const future = forever();
      const task = createTask(async () => {
        void future.then(() => {});
        await sleep(100);
      });
      await sleep(0);
      task.cancel();
      await errorOf(task);
      expect(future.done()).toBe(false);
    }));

  it("does not reach what the task left behind when it ended", () =>
    onVirtualTime(async () => {
      const log: string[] = [];
      const task = createTask(async () => {
        void sleep(10).then(() => log.push(`outlived, ${String(currentTask())}`));
      });
      await task;
      expect(task.cancel()).toBe(false);
      await sleep(20);
      expect(log).toEqual(["outlived, null"]);
    }));
});

describe("Task.uncancel", () => {
  it("TASK-21 returns the requests that are left, never fewer than none", () =>
    onVirtualTime(async () => {
      const log: number[] = [];
      const task = createTask(async () => {
        await errorOf(sleep(100));
        log.push(task.uncancel(), task.uncancel(), task.uncancel(), task.cancelling());
      });
      await sleep(0);
      task.cancel();
      task.cancel();
      await task;
      expect(log).toEqual([1, 0, 0, 0]);
    }));

  it("takes back a request that was not thrown yet", () =>
    onVirtualTime(async () => {
      const task = createTask(async (self) => {
        self.cancel();
        self.uncancel();
        return await sleep(1, "undisturbed");
      });
      expect(await task).toBe("undisturbed");
    }));

  it("TASK-22 lets a block with a timer of its own cancel, uncancel and convert, and leaves what follows alone", () =>
    onVirtualTime(async (self) => {
      const loop = getRunningLoop();
      const withDeadline = async (delay: number, body: () => Promise<void>) => {
        const before = self.cancelling();
        const limit = { isOver: false };
        const timer = loop.callLater(delay, () => {
          limit.isOver = true;
          self.cancel();
        });
        try {
          await body();
        } catch (error) {
          if (limit.isOver && isCancelled(error) && self.uncancel() <= before)
            throw new TimeoutError("over", { cause: error });
          throw error;
        } finally {
          timer.cancel();
        }
      };
      const error = await errorOf(withDeadline(10, () => sleep(100)));
      await sleep(50);
      expect([error instanceof TimeoutError, self.cancelling(), loop.time()]).toEqual([true, 0, 60]);
    }));
});

describe("a task's context", () => {
  it("TASK-30 is the creator's at creation: later changes on either side are not seen on the other", () =>
    onVirtualTime(async () => {
      const storage = new AsyncLocalStorage<string>();
      const log: unknown[] = [];
      const task = storage.run("creator", () =>
        createTask(async () => {
          log.push(["task", storage.getStore()]);
          storage.enterWith("task's own");
          await sleep(1);
          log.push(["task", storage.getStore()]);
        }),
      );
      await storage.run("changed", async () => {
        await sleep(0);
        log.push(["creator", storage.getStore()]);
        await task;
        log.push(["creator", storage.getStore()]);
      });
      expect(log).toEqual([
        ["task", "creator"],
        ["creator", "changed"],
        ["task", "task's own"],
        ["creator", "changed"],
      ]);
    }));

  it("is in force after awaits of futures that others complete", () =>
    onVirtualTime(async () => {
      const storage = new AsyncLocalStorage<string>();
      const future = new Future();
      const task = storage.run("waiter", () =>
        createTask(async () => {
          await future;
          return storage.getStore();
        }),
      );
      await sleep(0);
      storage.run("completer", () => future.setResult(null));
      expect(await task).toBe("waiter");
    }));
});

describe("a task nobody refers to", () => {
  it("TASK-33 is kept and listed while it waits for what nobody else refers to", () =>
    onVirtualTime(async () => {
      const log: string[] = [];
      const wait = async () => {
        try {
          await new Future();
        } finally {
          log.push("cleaned up");
        }
      };
      const leaveOrphan = () => void createTask(wait, { name: "orphan" });
      leaveOrphan();
      await sleep(0);
      collectGarbage();
      await sleep(1);
      const orphan = [...allTasks()].find(({ name }) => name === "orphan");
      orphan!.cancel();
      await errorOf(orphan!);
      expect(log).toEqual(["cleaned up"]);
    }));
});

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

  it("gives one process warning after unawaitedFailureDelay", async () => {
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
  ])("gives no warning when it is %s", async (_, rest) => {
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

describe("an eager task", () => {
  it("EAGER-01 runs inside createTask up to its first suspension", () =>
    onVirtualTime(async () => {
      const log: string[] = [];
      const task = createTask(
        async () => {
          log.push("first step");
          await sleep(0);
          log.push("second step");
        },
        { eager: true },
      );
      log.push("created");
      await task;
      expect(log).toEqual(["first step", "created", "second step"]);
    }));

  it("EAGER-01 of a function that is not async is done on return", () =>
    onVirtualTime(async () => {
      const task = createTask(() => 42, { eager: true });
      expect([task.done(), task.result()]).toEqual([true, 42]);
    }));

  it("EAGER-01 of an async function that never suspends is done after the microtasks, with no turn of the loop", () =>
    onVirtualTime(async () => {
      const log: string[] = [];
      getRunningLoop().callSoon(() => log.push("turn"));
      const task = createTask(async () => 42, { eager: true });
      log.push(`on return: ${task.done()}`);
      await task;
      log.push("done");
      await sleep(0);
      expect(log).toEqual(["on return: false", "done", "turn"]);
    }));

  it("EAGER-02 is the current task during its eager step, and its creator is again after it", () =>
    onVirtualTime(async (main) => {
      const log: unknown[] = [];
      const task = createTask(
        async () => {
          log.push(currentTask()?.name);
          await sleep(0);
          log.push(currentTask()?.name);
        },
        { eager: true, name: "eager" },
      );
      log.push(currentTask() === main);
      await task;
      log.push(currentTask() === main);
      expect(log).toEqual(["eager", true, "eager", true]);
    }));

  it("EAGER-03 is in allTasks() during its eager step, and no more after its eager end", () =>
    onVirtualTime(async () => {
      let during: boolean | undefined;
      const task = createTask(
        (self) => {
          during = allTasks().has(self);
        },
        { eager: true },
      );
      expect([during, allTasks().has(task)]).toEqual([true, false]);
    }));

  it("EAGER-04 cannot be cancelled after its eager end", () =>
    onVirtualTime(async () => {
      const task = createTask(() => "done", { eager: true });
      expect([task.cancel(), await task]).toEqual([false, "done"]);
    }));

  it("EAGER-04 is cancelled with its reason after an eager step that blocked", () =>
    onVirtualTime(async () => {
      const log: string[] = [];
      const task = createTask(
        async () => {
          try {
            await sleep(100);
          } finally {
            log.push("cleaned up");
          }
        },
        { eager: true },
      );
      task.cancel("enough");
      const error = (await errorOf(task)) as CancelledError;
      expect([log, error.reason]).toEqual([["cleaned up"], "enough"]);
    }));

  it("X-06 is chosen by each call", () =>
    onVirtualTime(async () => {
      const log: string[] = [];
      void createTask(() => log.push("lazy"), { eager: false });
      void createTask(() => log.push("eager"), { eager: true });
      void createTask(() => log.push("default"));
      log.push("created");
      await sleep(0);
      expect(log).toEqual(["eager", "created", "lazy", "default"]);
    }));
});

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
        expect(String(task)).toMatch(/created at .*task\.test\.ts:\d+/);
      },
      virtualLoop({ debug: true }),
    ));

  it("names a step of a task that takes long", async () => {
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
