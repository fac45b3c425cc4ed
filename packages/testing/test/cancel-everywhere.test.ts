import { readFile } from "node:fs/promises";

import { Future, TimeoutError, UsageError } from "@async/futures";
import { Lock } from "@async/sync";
import { DeadlockError, TaskGroup, type Task, createTask, gather, shield, sleep, timeout } from "@async/task";
import { errorOf } from "@async/test-kit";
import { describe, expect, it } from "vitest";

import {
  FailingCancellationError,
  InvariantError,
  LeftoverError,
  SwallowedCancellationError,
  cancelEverywhere,
} from "../src/index.ts";

type Options = Parameters<typeof cancelEverywhere>[1];

/** Resolves to the failure that is found. */
const failureOf = async (
  body: (task: Task) => unknown,
  options?: Options,
): Promise<FailingCancellationError> => {
  const error = await errorOf(cancelEverywhere(body, options));
  if (error instanceof FailingCancellationError) return error;
  throw error;
};

/** Resolves to what the body logs in each run, and what came of all. */
const logsOf = async (body: (note: (entry: string) => void) => Promise<unknown>, options?: Options) => {
  const logs: string[] = [];
  const result = await cancelEverywhere(() => {
    const run = logs.push("") - 1;
    return body((entry) => {
      logs[run] = `${logs[run]}${entry}`;
    });
  }, options);
  return { logs, ...result };
};

describe("the runs", () => {
  it("are one undisturbed, and one cancelled at each await in turn", async () => {
    const threeSteps = async (note: (entry: string) => void) => {
      note("a");
      await sleep(0);
      note("b");
      await sleep(0);
      note("c");
    };
    const { logs, runs, moments } = await logsOf(threeSteps, { times: 1 });
    expect(logs).toEqual(["abc", "a", "ab"]);
    expect([runs, moments]).toEqual([3, 2]);
  });

  it("cancel at each moment of an await: while it waits, and when it is woken and has not run", async () => {
    const outcomes: string[] = [];
    const body = async () => {
      const turn = new Future<string>();
      void createTask(() => (turn.done() ? undefined : turn.setResult("woken")), { name: "waker" });
      try {
        outcomes.push(await turn);
      } catch (error) {
        outcomes.push(turn.cancelled() ? "cancelled while it waits" : "cancelled when woken");
        throw error;
      }
    };
    await cancelEverywhere(body, { times: 1 });
    expect(outcomes).toEqual(["woken", "cancelled while it waits", "cancelled when woken"]);
  });

  it("cancel a second time at each moment after the first", async () => {
    const cleansUp = async (note: (entry: string) => void) => {
      try {
        await sleep(0);
      } finally {
        note("1");
        await sleep(0);
        note("2");
        await sleep(0);
        note("3");
      }
    };
    const { logs } = await logsOf(cleansUp);
    // Undisturbed; at 1; at 1 and each later one; at 2, where the clean-up has begun by itself; ...
    expect(logs).toEqual(["123", "123", "123", "1", "12", "1", "1", "12", "12"]);
  });

  it("cancel the body's own task, or each of those that are chosen", async () => {
    const cancelled = new Set<string>();
    const worker = async (name: string) => {
      try {
        await sleep(1);
      } catch (error) {
        cancelled.add(name);
        throw error;
      }
    };
    const body = () =>
      gather(
        ["a", "b"].map((name) => createTask(() => worker(name), { name })),
        { returnExceptions: true },
      );
    await cancelEverywhere(body, { victims: ({ name }) => name === "b" });
    expect([...cancelled]).toEqual(["b"]);
    await cancelEverywhere(body, { victims: ({ name }) => name !== "main" });
    expect([...cancelled].sort()).toEqual(["a", "b"]);
  });

  it("are as many as there are ways, and too many are an error", async () => {
    const body = async () => {
      for (let turn = 0; turn < 10; turn += 1) await sleep(0);
    };
    expect(await cancelEverywhere(body, { times: 1, maxRuns: 11 })).toEqual({ runs: 11, moments: 10 });
    expect((await errorOf(cancelEverywhere(body, { times: 1, maxRuns: 10 }))).message).toMatch(
      /^cancelEverywhere: there are more than 10 ways to cancel; /,
    );
  });

  it("wait for the host as the body does", async () => {
    let reads = 0;
    const body = async () => {
      reads += (await readFile(import.meta.filename)).length > 0 ? 1 : 0;
      await sleep(1000);
      await readFile(import.meta.filename);
    };
    await cancelEverywhere(body, { times: 1 });
    expect(reads).toBeGreaterThan(2);
  });
});

it("counts a wait for the host as one moment, however long it takes", async () => {
  const momentsOf = async (work: () => PromiseLike<unknown>) => {
    const body = () =>
      timeout(10, async () => {
        await work();
        await sleep(5);
      });
    return (await cancelEverywhere(body, { times: 1 })).moments;
  };
  expect(await momentsOf(() => readFile(import.meta.filename))).toBe(
    1 + (await momentsOf(() => Promise.resolve())),
  );
});

describe("a cancellation that is survived", () => {
  it("ends the body as cancelled, and the invariant holds", async () => {
    let open = 0;
    const body = async () => {
      open += 1;
      try {
        await sleep(10);
      } finally {
        open -= 1;
      }
    };
    await cancelEverywhere(body, { invariant: () => open === 0 });
    expect(open).toBe(0);
  });

  it.each<[string, () => Promise<unknown>]>([
    [
      "a lock with three who want it",
      async () => {
        const lock = new Lock();
        await TaskGroup.run(async (group) => {
          for (const name of ["a", "b", "c"]) {
            void group.createTask(
              async () => {
                const guard = await lock.acquire();
                await sleep(1).finally(() => guard.release());
              },
              { name },
            );
          }
        });
      },
    ],
    [
      "a timeout that expires",
      () =>
        timeout(5, () => sleep(10)).catch((error: unknown) => {
          if (!(error instanceof TimeoutError)) throw error;
        }),
    ],
    [
      "a task group whose tasks fail",
      () =>
        TaskGroup.run(async (group) => {
          void group.createTask(() => sleep(10));
          void group.createTask(() => sleep(5));
        }),
    ],
  ])("is one of %s, whoever is cancelled", async (_, body) => {
    expect((await cancelEverywhere(body)).runs).toBeGreaterThan(3);
    const { runs } = await cancelEverywhere(body, { victims: ({ name }) => name !== "main" });
    expect(runs).toBeGreaterThan(0);
  });

  it("may be one that the task has taken back", async () => {
    const body = (task: Task) => sleep(1).catch(() => task.uncancel());
    expect((await cancelEverywhere(body, { times: 1 })).runs).toBeGreaterThan(1);
  });

  it("may be refused where that is said", async () => {
    const body = () => sleep(1).catch(() => "refused");
    expect((await failureOf(body)).cause).toBeInstanceOf(SwallowedCancellationError);
    await cancelEverywhere(body, { mayRefuse: true });
  });
});

describe("a cancellation that is not survived", () => {
  it("is printed with the steps of its run", async () => {
    const error = await failureOf(async () => {
      await sleep(0);
      await sleep(0).catch(() => {
        throw new TypeError("in the clean-up");
      });
    });
    expect(error.code).toBe("ERR_FAILING_CANCELLATION");
    expect(error.message.split("\n")).toEqual([
      "A cancellation is not survived: run 4, cancelled at moment 2.",
      "",
      "  TypeError: in the clean-up",
      "",
      "    step  runs",
      "       1  first step of Task 'main'",
      "       2  wake-up of Task 'main'",
      "> cancel  <Task pending name='main'>",
      "       3  wake-up of Task 'main'",
      "",
      "Run it alone: cancelEverywhere(body, { replay: { moments: [2] } })",
    ]);
  });

  it("fails in the same way when it is replayed, also with its victim", async () => {
    const body = async () => {
      let held = true as boolean;
      const waiters: Future<void>[] = [];
      const acquire = async () => {
        while (held) {
          const turn = new Future<void>();
          waiters.push(turn);
          await turn;
        }
        held = true;
      };
      const release = () => {
        held = false;
        const turn = waiters.shift();
        if (turn?.done() === false) turn.setResult();
      };
      const workers = ["a", "b"].map((name) => createTask(acquire, { name }));
      await sleep(1);
      release();
      await sleep(1);
      if (held) release();
      await gather(workers, { returnExceptions: true });
    };
    const victims = ({ name }: Task) => name !== "main";
    const { cause, plan } = await failureOf(body, { victims, times: 1 });
    expect(cause).toBeInstanceOf(DeadlockError);
    for (let time = 0; time < 3; time += 1) {
      const again = await failureOf(body, { victims, replay: plan });
      expect(again.plan).toEqual(plan);
      expect(again.cause).toBeInstanceOf(DeadlockError);
    }
  });

  it.each<[string, () => unknown, Options, new (...args: never[]) => Error]>([
    ["hangs", () => sleep(1).catch(() => new Future()), { times: 1 }, DeadlockError],
    ["leaves a task behind", () => shield(createTask(() => sleep(1000))), {}, LeftoverError],
    ["swallows it", () => sleep(1).catch(() => undefined), {}, SwallowedCancellationError],
    [
      "throws another error",
      () => sleep(1).catch(() => Promise.reject(new TypeError("in the clean-up"))),
      {},
      TypeError,
    ],
    [
      "breaks the invariant",
      () => sleep(1),
      {
        invariant: (() => {
          let calls = 0;
          return () => ++calls === 1;
        })(),
      },
      InvariantError,
    ],
  ])("is one that %s", async (_, body, options, kind) => {
    const { cause } = await failureOf(body, options);
    expect(cause).toBeInstanceOf(kind);
  });

  it("may be the second one, in the clean-up", async () => {
    let open = 0;
    const body = async () => {
      open = 1;
      try {
        await sleep(10);
      } finally {
        await sleep(10);
        open = 0;
      }
    };
    const invariant = () => {
      if (open > 0) throw new Error(`${open} left open`);
    };
    await cancelEverywhere(body, { invariant, times: 1 }).catch(() => undefined);
    const { plan, message } = await failureOf(body, { invariant });
    expect(message).toMatch(
      /^A cancellation is not survived: run \d+, cancelled at moment \d+(, and again at \d+)?\.$/m,
    );
    expect(plan.moments.length).toBeGreaterThan(0);
  });

  it("where the body depends on more than the moment is said to", async () => {
    let runs = 0;
    const body = async () => {
      runs += 1;
      await sleep(1).catch((error: unknown) => {
        if (runs !== 2) throw error;
      });
    };
    expect((await failureOf(body)).message).toMatch(
      /^Run again, it did: the body depends on more than the moment\.$/m,
    );
  });
});

describe("cancelEverywhere", () => {
  it("passes on what the body throws undisturbed, as it is", async () => {
    const failure = new Error("always");
    expect(await errorOf(cancelEverywhere(() => Promise.reject(failure)))).toBe(failure);
  });

  it("refuses what it cannot do", async () => {
    const body = () => undefined;
    for (const options of [
      { times: 3 as never },
      { maxRuns: 0 },
      { maxSteps: NaN },
      { replay: { moments: [] } },
      { replay: { moments: [0] } },
      { replay: [1] as never },
      { replay: { moments: [1], victim: -1 } },
    ])
      expect(await errorOf(cancelEverywhere(body, options))).toBeInstanceOf(UsageError);
    expect(await errorOf(cancelEverywhere(null as never))).toBeInstanceOf(UsageError);
  });
});
