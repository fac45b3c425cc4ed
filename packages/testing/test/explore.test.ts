import assert from "node:assert/strict";

import { CancelledError, Future, UsageError } from "@async/futures";
import { getRunningLoop } from "@async/loop";
import { DeadlockError, TaskGroup, createTask, gather, sleep, timeout } from "@async/task";
import { errorOf } from "@async/test-kit";
import { describe, expect, it } from "vitest";

import { FailingScheduleError, LeftoverError, type Schedule, explore, untilBlocked } from "../src/index.ts";

/** Three workers, by name, each in a task of its own. */
const threeWorkers = (work: (name: string) => Promise<unknown>): Promise<void> =>
  TaskGroup.run(async (group) => {
    for (const name of ["a", "b", "c"]) void group.createTask(() => work(name), { name });
  });

/** A lock whose release opens it and wakes the first waiter, who does not look whether a newcomer was faster. */
class OvertakenLock {
  #held = false;
  readonly #waiters: Future<void>[] = [];

  async acquire(): Promise<void> {
    if (this.#held) {
      const turn = new Future<void>();
      this.#waiters.push(turn);
      await turn;
    }
    this.#held = true;
  }

  release(): void {
    this.#held = false;
    this.#waiters.shift()?.setResult();
  }
}

const overtaken = async () => {
  const lock = new OvertakenLock();
  let holders = 0;
  await threeWorkers(async (name) => {
    // The last one comes when the first has just left.
    if (name === "c") await sleep(0);
    await lock.acquire();
    holders += 1;
    assert.equal(holders, 1, `${holders} hold the lock`);
    if (name !== "a") await sleep(0);
    holders -= 1;
    lock.release();
  });
};

/** A lock whose waiters leave when they are cancelled. One that was woken already takes the wake-up along. */
const lostWakeUp = async () => {
  const waiters: Future<void>[] = [];
  const wait = async () => {
    const turn = new Future<void>();
    waiters.push(turn);
    try {
      await turn;
    } finally {
      void waiters.splice(waiters.indexOf(turn), 1);
    }
  };
  const first = createTask(wait, { name: "first" });
  const second = createTask(wait, { name: "second" });
  await untilBlocked();
  const impatient = createTask(() => void first.cancel(), { name: "impatient" });
  const waker = createTask(() => waiters.find((waiter) => !waiter.done())?.setResult(), { name: "waker" });
  await gather([impatient, waker, first], { returnExceptions: true });
  if (!first.cancelled()) second.cancel();
  await gather([second], { returnExceptions: true });
};

/** Looks, lets others run, and then acts on what it saw. */
const checkThenAct = async () => {
  let seats = 1;
  let sold = 0;
  const buy = async (name: string) => {
    // Each is somewhere else when it asks.
    for (const other of ["a", "b", "c"])
      if (other < name) for (let turn = 0; turn < 2; turn += 1) await sleep(0);
    if (seats === 0) return;
    await sleep(0);
    seats -= 1;
    sold += 1;
  };
  await threeWorkers(buy);
  assert.equal(sold, 1, `sold ${sold} times`);
};

/** One at a time may be inside. The first one leaves twice, which makes room for two. */
const doubleRelease = async () => {
  let room = 1;
  let inside = 0;
  await threeWorkers(async (name) => {
    for (const other of "ab") if (other < name) await sleep(0);
    if (room === 0) return;
    room -= 1;
    inside += 1;
    assert.ok(inside <= 1, `${inside} inside`);
    await sleep(0);
    inside -= 1;
    room += name === "a" ? 2 : 1;
  });
};

/** Resolves to the failure that an exploration finds. */
const failureOf = async (
  body: () => unknown,
  options?: Parameters<typeof explore>[1],
): Promise<FailingScheduleError> => {
  const error = await errorOf(explore(body, options));
  assert.ok(error instanceof FailingScheduleError, error);
  return error;
};

describe("a schedule that fails", () => {
  it("is found at random, shrunk, and printed with its steps", async () => {
    const error = await failureOf(overtaken);
    expect(error.code).toBe("ERR_FAILING_SCHEDULE");
    expect(error.message.split("\n")).toEqual([
      "A schedule fails: found as number 2 of 1000 (seed 1), shrunk from 5 deviations to 1.",
      "",
      "  ExceptionGroup: unhandled errors in a TaskGroup (1 error)",
      "    AssertionError: 2 hold the lock",
      "",
      "    2 !== 1",
      "",
      "    step  runs                       before",
      "       1  first step of Task 'main'",
      ">      2  first step of Task 'b'     first step of Task 'a'",
      "       3  first step of Task 'a'",
      "       4  first step of Task 'c'",
      "       5  wake-up of Task 'b'",
      "       6  wake-up of Task 'c'",
      "       7  wake-up of Task 'a'",
      "       8  #onTaskDone()",
      "       9  wake-up of Task 'c'",
      "      10  #onTaskDone()",
      "      11  #onTaskDone()",
      "      12  wake-up of Task 'main'",
      "",
      "Run it alone: explore(body, { replay: [[2, 1]] })",
    ]);
  });

  it.each([
    ["a newcomer overtakes", overtaken, 1],
    ["a wake-up is lost", lostWakeUp, 1],
    ["a check is old when it is acted upon", checkThenAct, 2],
    ["a release comes twice", doubleRelease, 1],
  ])("is found at random, and shrunk to the shortest there is: %s", async (_, body, length) => {
    const { schedule } = await failureOf(body);
    expect(schedule).toHaveLength(length);
    await explore(body, { preemptionBound: length - 1 });
  });

  it.each([
    ["a newcomer overtakes", overtaken, 1],
    ["a check is old when it is acted upon", checkThenAct, 2],
  ])("of three tasks is found by trying all, the shortest first: %s", async (_, body, length) => {
    const { schedule, message } = await failureOf(body, { preemptionBound: 2 });
    expect(schedule).toHaveLength(length);
    expect(message).toMatch(/^A schedule fails: found as number \d+ of all with up to 2 deviations\.$/m);
  });

  it.each([
    ["a newcomer overtakes", overtaken],
    ["a wake-up is lost", lostWakeUp],
    ["a check is old when it is acted upon", checkThenAct],
    ["a release comes twice", doubleRelease],
  ])("fails in the same way whenever it is replayed: %s", async (_, body) => {
    const { schedule, cause } = await failureOf(body);
    for (let time = 0; time < 3; time += 1) {
      const again = await failureOf(body, { replay: schedule });
      expect([again.schedule, String(again.cause)]).toEqual([schedule, String(cause)]);
    }
  });

  it("has what the body failed with as its cause", async () => {
    const { cause } = await failureOf(doubleRelease);
    expect(String((cause as AggregateError).errors)).toMatch(/^AssertionError.*: 2 inside$/);
  });

  it("may fail by a hang, or by what it leaves behind", async () => {
    expect((await failureOf(lostWakeUp)).cause).toBeInstanceOf(DeadlockError);
    const leavesTask = async () => {
      let isOpen = true;
      void createTask(() => (isOpen ? undefined : new Future()), { name: "late" });
      void createTask(() => void (isOpen = false), { name: "closer" });
    };
    expect((await failureOf(leavesTask)).cause).toBeInstanceOf(LeftoverError);
  });

  it("may fail by going on for ever", async () => {
    const spins = async () => {
      let isSet = false;
      const setter = createTask(() => void (isSet = true), { name: "setter" });
      const spinner = createTask(async () => {
        if (isSet) return;
        for (;;) await sleep(0);
      });
      await gather([spinner, setter]);
    };
    const { cause } = await failureOf(spins, { maxSteps: 100 });
    expect(String(cause)).toMatch(/^EndlessRunError: .* 100 steps have run, it is 0 ms now/);
  });

  it("of many steps is printed around what leaves the line", async () => {
    const long = async () => {
      for (let turn = 0; turn < 50; turn += 1) await sleep(0);
      const log: string[] = [];
      await gather(["a", "b"].map((name) => () => log.push(name)));
      assert.equal(log.join(), "a,b");
      for (let turn = 0; turn < 50; turn += 1) await sleep(0);
    };
    const { message } = await failureOf(long);
    expect(message.split("\n").filter((line) => /^ +\.\.\. /.test(line))).toEqual([
      "     ...  46 more in the order of the line",
    ]);
    expect(message.split("\n").length).toBeLessThan(25);
  });

  it("that depends on more than the schedule is said to", async () => {
    let runs = 0;
    const body = () => {
      runs += 1;
      if (runs === 5) throw new Error("once");
    };
    expect((await failureOf(body)).message).toMatch(
      /^Run again, it did not fail like that: the body depends on more/m,
    );
  });
});

describe("the orders", () => {
  /** Returns what the body logs in each run of an exploration. */
  const logsOf = async (
    body: (log: string[]) => PromiseLike<unknown>,
    options?: Parameters<typeof explore>[1],
  ): Promise<string[]> => {
    const logs: string[] = [];
    await explore(async () => {
      const log: string[] = [];
      await body(log);
      logs.push(log.join(""));
    }, options);
    return logs;
  };

  const logThree = (log: string[]) => gather(["a", "b", "c"].map((name) => () => void log.push(name)));

  it("begin with the usual one", async () => {
    expect((await logsOf(logThree))[0]).toBe("abc");
    expect((await logsOf(logThree, { preemptionBound: 1 }))[0]).toBe("abc");
  });

  it("run what is ready in any order", async () => {
    expect([...new Set(await logsOf(logThree))].sort()).toEqual(["abc", "acb", "bac", "bca", "cab", "cba"]);
  });

  it("are all that leave the usual one so many times, each of them once", async () => {
    const orders = async (preemptionBound: number) =>
      (
        await logsOf(
          async (log) => {
            const loop = getRunningLoop();
            for (const name of "abc") loop.callSoon(() => log.push(name));
            await untilBlocked();
          },
          { preemptionBound },
        )
      ).sort();
    expect(await orders(0)).toEqual(["abc"]);
    expect(await orders(1)).toEqual(["abc", "acb", "bac", "cab"]);
    expect(await orders(2)).toEqual(["abc", "acb", "bac", "bca", "cab", "cba"]);
  });

  it("are those of the seed, the same each time", async () => {
    const [one, again, other] = [
      await logsOf(logThree, { seed: 7, schedules: 50 }),
      await logsOf(logThree, { seed: 7, schedules: 50 }),
      await logsOf(logThree, { seed: 8, schedules: 50 }),
    ];
    expect(again).toEqual(one);
    expect(other).not.toEqual(one);
  });

  it("never run a timer before its deadline, but those of one moment in any order", async () => {
    const logs = await logsOf(async (log) => {
      const loop = getRunningLoop();
      for (const [delay, name] of [
        [2, "c"],
        [1, "a"],
        [1, "b"],
      ] as const)
        loop.callLater(delay, () => log.push(name));
      await sleep(3);
    });
    expect([...new Set(logs)].sort()).toEqual(["abc", "bac"]);
  });

  it("let a deadline and what it limits come in either order, if they are due together", async () => {
    const logs = await logsOf(async (log) => {
      log.push(await timeout(5, () => sleep(5, "result")).catch(() => "timeout"));
    });
    expect([...new Set(logs)].sort()).toEqual(["result", "timeout"]);
  });

  it("never interrupt code between two awaits, nor change in which order an object wakes its waiters", async () => {
    const logs = await logsOf(async (log) => {
      const waiters = ["a", "b", "c"].map((name) => ({ name, turn: new Future<void>() }));
      const tasks = waiters.map(({ name, turn }) =>
        createTask(async () => {
          await turn;
          log.push(name);
          log.push(name);
        }),
      );
      await untilBlocked();
      for (const { turn } of waiters) {
        turn.setResult();
        await untilBlocked();
      }
      await gather(tasks);
    });
    expect(new Set(logs)).toEqual(new Set(["aabbcc"]));
  });

  it("let nobody wait for ever who waits in a loop of turns", async () => {
    const { steps } = await explore(async () => {
      let isSet = false as boolean;
      void createTask(async () => {
        await sleep(0);
        isSet = true;
      });
      while (!isSet) await sleep(0);
    });
    expect(steps).toBeLessThan(500);
  });

  it("are the given one alone when it is replayed, and the usual one where that does not fit any more", async () => {
    expect(await logsOf(logThree, { replay: [[2, 2]] })).toEqual(["cab"]);
    expect(
      await logsOf(logThree, {
        replay: [
          [2, 9],
          [70, 1],
        ],
      }),
    ).toEqual(["cab"]);
    expect(await logsOf(logThree, { replay: [] })).toEqual(["abc"]);
  });
});

describe("an exploration", () => {
  it("resolves to how many schedules it ran, and the steps of the longest", async () => {
    expect(await explore(() => undefined, { schedules: 20 })).toEqual({ schedules: 20, steps: 1 });
    expect(await explore(() => sleep(0), { preemptionBound: 3 })).toEqual({ schedules: 1, steps: 2 });
    expect(await explore(() => sleep(0), { replay: [[2, 1]] })).toEqual({ schedules: 1, steps: 2 });
  });

  it("passes on what the body throws in the usual order, as it is", async () => {
    const failure = new Error("always");
    expect(await errorOf(explore(() => Promise.reject(failure)))).toBe(failure);
    const cancelled = new CancelledError();
    expect(await errorOf(explore(() => Promise.reject(cancelled)))).toBe(cancelled);
  });

  it("is refused to a body that has the host work for it", async () => {
    const body = () => new Promise((resolve) => setTimeout(resolve, 1));
    expect((await errorOf(explore(body))).message).toBe(
      "explore: the body has the host work for it (a host Timeout), which cannot be done again in the same order; give it a fake",
    );
  });

  it("does not leave out schedules in silence", async () => {
    const body = () => threeWorkers(() => sleep(0));
    expect((await errorOf(explore(body, { preemptionBound: 2, schedules: 50 }))).message).toMatch(
      /^explore: 50 schedules were run and did not fail, but there are more within the preemption bound/,
    );
    expect((await explore(body, { preemptionBound: 2 })).schedules).toBeGreaterThan(50);
  });

  it("refuses options that are none", async () => {
    const body = () => undefined;
    for (const options of [
      { schedules: 0 },
      { schedules: 1.5 },
      { preemptionBound: -1 },
      { seed: "7" as never },
      { maxSteps: 0 },
      { replay: [[0, 1]] as Schedule },
      { replay: [3, 1] as never },
      { replay: "[[3, 1]]" as never },
    ])
      expect(await errorOf(explore(body, options))).toBeInstanceOf(UsageError);
    expect(await errorOf(explore(42 as never))).toBeInstanceOf(UsageError);
  });
});
