import { AsyncLocalStorage } from "node:async_hooks";

import { Future, UsageError } from "@async/futures";
import { getRunningLoop } from "@async/loop";
import { DeadlockError, type Task, allTasks, createTask, gather, run, sleep, timeout } from "@async/task";
import { errorOf } from "@async/test-kit";
import { describe, expect, it, vi } from "vitest";

import { EndlessRunError, LeftoverError, runVirtual } from "../src/index.ts";

const time = () => getRunningLoop().time();

describe("virtual time", () => {
  it("starts at 0, and an hour passes at once", async () => {
    const start = performance.now();
    const times = await runVirtual(async () => [time(), await sleep(3_600_000, "woken"), time()]);
    expect(times).toEqual([0, "woken", 3_600_000]);
    expect(performance.now() - start).toBeLessThan(1000);
  });

  it("stands still while anything is ready to run", () =>
    runVirtual(async () => {
      const timer = sleep(1);
      for (let turn = 0; turn < 100; turn += 1) await sleep(0);
      expect(time()).toBe(0);
      await timer;
    }));

  it("moves to each deadline in turn", () =>
    runVirtual(async () => {
      const log: string[] = [];
      const at = async (delay: number) => {
        await sleep(delay);
        log.push(`${delay} at ${time()}`);
      };
      await gather([() => at(30), () => at(10), () => at(20)]);
      expect(log).toEqual(["10 at 10", "20 at 20", "30 at 30"]);
    }));

  it("goes on under the fake timers of a test runner", async () => {
    vi.useFakeTimers();
    try {
      expect(await runVirtual(() => sleep(1000, "woken"))).toBe("woken");
    } finally {
      vi.useRealTimers();
    }
  });
});

describe("a run", () => {
  it("settles as its body does", async () => {
    const failure = new Error("as the body");
    expect(await runVirtual(() => 42)).toBe(42);
    expect(await errorOf(runVirtual(() => Promise.reject(failure)))).toBe(failure);
  });

  it("calls the body with its task, in the async context of the caller", async () => {
    const storage = new AsyncLocalStorage<string>();
    const seen = await storage.run("caller", () =>
      runVirtual((task: Task) => [task.name, storage.getStore()]),
    );
    expect(seen).toEqual(["main", "caller"]);
  });

  it("lasts until nothing is ready any more, with time standing still", async () => {
    const log: string[] = [];
    await runVirtual(() => {
      void createTask(async () => {
        for (let turn = 0; turn < 3; turn += 1) await sleep(0);
        log.push(`ended at ${time()}`);
      });
    });
    expect(log).toEqual(["ended at 0"]);
  });

  it("beside another has a loop and a time of its own", async () => {
    const hours = (count: number) =>
      runVirtual(async () => `${await sleep(count * 3_600_000, "woken")} at ${time()}`);
    expect(await Promise.all([hours(1), hours(2)])).toEqual(["woken at 3600000", "woken at 7200000"]);
  });

  it("is refused inside of another, and for what is no function", async () => {
    expect(await runVirtual(() => errorOf(runVirtual(() => 1)))).toBeInstanceOf(UsageError);
    expect((await errorOf(runVirtual(42 as never))).message).toBe(
      "runVirtual takes a function, got 42; write runVirtual(async () => ...)",
    );
  });

  it("refuses limits that are none", async () => {
    for (const options of [{ maxMoves: 0 }, { hostTimeout: NaN }, { maxMoves: "10" as never }])
      expect(await errorOf(runVirtual(() => 1, options))).toBeInstanceOf(UsageError);
  });
});

describe("a hang", () => {
  it("fails at once, with who waits for whom", async () => {
    const error = await errorOf(
      runVirtual(async () => {
        const left: Task = createTask(async () => await right, { name: "left" });
        const right: Task = createTask(async () => await left, { name: "right" });
        await left;
      }),
    );
    expect(error).toBeInstanceOf(DeadlockError);
    expect(error.message).toMatch(/^ {2}<Task pending name='main' waitFor=Task 'left'>$/m);
    expect(error.message).toMatch(/^ {2}<Task pending name='left' waitFor=Task 'right' /m);
    expect(error.message).toMatch(/^They wait in a circle: Task 'left' -> Task 'right' -> Task 'left'$/m);
  });

  it("says what a task without waitFor waits for", async () => {
    const error = await errorOf(runVirtual(() => new Promise(() => {})));
    expect(error.message.split("\n").slice(1)).toEqual([
      "  <Task pending name='main'>",
      "A task without waitFor waits for a promise of the host; one that cannot be seen from here is announced with hostWork(promise).",
    ]);
  });

  it("is none while a timer will end it", () =>
    runVirtual(async () => {
      expect((await errorOf(timeout(10, () => new Future()))).name).toBe("TimeoutError");
    }));

  it("is found also where time goes on for ever", async () => {
    const heartbeat = async () => {
      for (;;) await sleep(1000);
    };
    const body = async () => {
      void createTask(heartbeat, { name: "heartbeat" });
      await new Future();
    };
    const error = await errorOf(runVirtual(body, { maxMoves: 100 }));
    expect(error).toBeInstanceOf(EndlessRunError);
    expect((error as EndlessRunError).code).toBe("ERR_ENDLESS_RUN");
    expect(error.message.split("\n")).toEqual([
      "The body does not come to an end: time has moved 100 times, it is 100000 ms now, and these tasks are not done:",
      "  <Task pending name='main' waitFor=Future>",
      expect.stringMatching(/^ {2}<Task pending name='heartbeat' waitFor=\w+>$/),
    ]);
  });

  it("leaves nothing that would go on in the background", async () => {
    let beats = 0;
    const body = async () => {
      void createTask(async () => {
        for (;;) {
          await sleep(1).catch(() => undefined);
          beats += 1;
        }
      });
      await new Future();
    };
    expect(await errorOf(runVirtual(body, { maxMoves: 10 }))).toBeInstanceOf(EndlessRunError);
    const atEnd = beats;
    await new Promise((resolve) => setTimeout(resolve, 5));
    expect(beats).toBe(atEnd);
  });
});

describe("what is left behind", () => {
  it("fails the run: a task, by its name", async () => {
    const error = await errorOf(
      runVirtual(() => {
        void createTask(() => sleep(1000), { name: "forgotten" });
      }),
    );
    expect(error).toBeInstanceOf(LeftoverError);
    expect((error as LeftoverError).code).toBe("ERR_LEFTOVER");
    expect((error as LeftoverError).leftovers).toEqual([
      expect.stringMatching(/^<Task pending name='forgotten' waitFor=\w+>$/),
    ]);
    expect(error.message.split("\n")).toEqual([
      "The body has ended and left behind:",
      `  ${(error as LeftoverError).leftovers[0]}`,
      "Await it, or cancel and await it.",
    ]);
  });

  it("fails the run: a timer, by the name of its callback", async () => {
    const error = await errorOf(
      runVirtual(async () => {
        const loop = getRunningLoop();
        loop.callLater(5, function onTick() {});
        loop.callAt(10, function onAlarm() {});
        loop.callLater(20, () => {}).cancel();
        await sleep(7);
      }),
    );
    expect((error as LeftoverError).leftovers).toEqual([
      "<TimerHandle onAlarm()>, set for 10 ms; it is 7 ms now",
    ]);
  });

  it("fails the run: a sleep that nobody awaits", async () => {
    const error = await errorOf(
      runVirtual(() => {
        void sleep(1000);
      }),
    );
    expect((error as LeftoverError).leftovers).toEqual(["1 timer of sleeps or timeouts that nobody awaits"]);
  });

  it("fails the run: an error that nobody looked at, which is the cause", async () => {
    const lost = new TypeError("nobody looks");
    const error = await errorOf(
      runVirtual(async () => {
        void createTask(() => Promise.reject(lost), { name: "worker" });
        await sleep(0);
      }),
    );
    expect((error as LeftoverError).leftovers).toEqual([
      "Task 'worker' exception was never retrieved: TypeError: nobody looks",
    ]);
    expect(error.cause).toBe(lost);
  });

  it("fails the run: an error of a callback", async () => {
    const error = await errorOf(
      runVirtual(async () => {
        getRunningLoop().callSoon(function onEvent() {
          throw new Error("in a callback");
        });
        await sleep(0);
      }),
    );
    expect((error as LeftoverError).leftovers).toEqual([
      "Exception in callback <Handle onEvent()>: Error: in a callback",
    ]);
  });

  it("is not looked for when the body fails: its own error is what matters", async () => {
    const failure = new Error("an assertion");
    const body = async () => {
      void createTask(() => sleep(1000));
      await sleep(1);
      throw failure;
    };
    expect(await errorOf(runVirtual(body))).toBe(failure);
  });

  it("is looked for when the body is cancelled", async () => {
    const body = async (task: Task) => {
      void createTask(() => sleep(1000));
      task.cancel();
      await sleep(1);
    };
    expect(await errorOf(runVirtual(body))).toBeInstanceOf(LeftoverError);
  });

  it("is ended: its clean-up runs", async () => {
    const log: string[] = [];
    const body = () => {
      void createTask(async () => {
        try {
          await new Future();
        } finally {
          await sleep(10);
          log.push("cleaned up");
        }
      });
    };
    expect(await errorOf(runVirtual(body))).toBeInstanceOf(LeftoverError);
    expect(log).toEqual(["cleaned up"]);
  });

  it("is nothing when each task and timer has ended or was cancelled", () =>
    runVirtual(async () => {
      const task = createTask(() => sleep(1000));
      await sleep(1);
      task.cancel();
      expect(allTasks().size).toBe(2);
    }));

  it("of a thousand timers that have fired and were set again is none", () =>
    runVirtual(async () => {
      const loop = getRunningLoop();
      let fired = 0;
      const again = (): void => {
        fired += 1;
        if (fired < 1000) loop.callLater(1, again);
      };
      loop.callLater(1, again);
      await sleep(2000);
      expect(fired).toBe(1000);
    }));

  it("in debug mode is also a cancellation that was swallowed", async () => {
    const body = async () => {
      const task = createTask(() => sleep(10).catch(() => undefined), { name: "deaf" });
      await sleep(1);
      task.cancel();
      await task;
    };
    await runVirtual(body);
    expect(((await errorOf(runVirtual(body, { debug: true }))) as LeftoverError).leftovers).toEqual([
      "Task 'deaf' swallowed its cancellation",
    ]);
  });
});

it("has the loop closed at the end, as `run` has", async () => {
  const loop = await runVirtual(() => getRunningLoop());
  expect([loop.isRunning(), loop.isClosed()]).toEqual([false, true]);
  expect(await run(() => sleep(0, "other runs go on"))).toBe("other runs go on");
});
