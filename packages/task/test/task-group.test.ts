import { AsyncLocalStorage } from "node:async_hooks";

import { CancelledError, Future, UsageError, isCancelled } from "@async/futures";
import { getRunningLoop } from "@async/loop";
import { describe, expect, it } from "vitest";

import {
  ExceptionGroup,
  InterruptError,
  TaskGroup,
  allTasks,
  createTask,
  currentTask,
  sleep,
  timeout,
} from "../src/index.ts";
import { errorOf, onVirtualTime, recordReports, virtualLoop } from "./on-virtual-time.ts";

const failAfter = (delay: number, error: Error) => async () => {
  await sleep(delay);
  throw error;
};

/** Sleeps, and logs how that ended. */
const logged = (log: string[], name: string, delay: number) => async () => {
  try {
    await sleep(delay);
    log.push(`${name} done`);
  } catch (error) {
    log.push(`${name} ${(error as Error).name}`);
    throw error;
  }
};

const groupOf = async (work: PromiseLike<unknown>): Promise<ExceptionGroup> => {
  const error = await errorOf(work);
  expect(error).toBeInstanceOf(ExceptionGroup);
  return error as ExceptionGroup;
};

describe("TaskGroup.run", () => {
  it("TGRP-01 waits for all children, also those added late, and gives what the body returned", () =>
    onVirtualTime(async () => {
      const log: string[] = [];
      const result = await TaskGroup.run(async (group) => {
        void group.createTask(logged(log, "a", 20));
        await sleep(5);
        void group.createTask(logged(log, "late", 5));
        log.push("body done");
        return "result";
      });
      log.push(result);
      expect(log).toEqual(["body done", "late done", "a done", "result"]);
    }));

  it("TGRP-02 a child cancelled by itself is no failure and does not disturb the others", () =>
    onVirtualTime(async () => {
      const log: string[] = [];
      await TaskGroup.run(async (group) => {
        const child = group.createTask(logged(log, "a", 10));
        void group.createTask(logged(log, "b", 20));
        await sleep(1);
        child.cancel();
      });
      expect(log).toEqual(["a CancelledError", "b done"]);
    }));

  it("TGRP-03 a failing child cancels the others and the body; the group throws the errors alone", () =>
    onVirtualTime(async (main) => {
      const log: string[] = [];
      const thrown = new RangeError("child");
      const group = await groupOf(
        TaskGroup.run(async (group) => {
          void group.createTask(failAfter(5, thrown));
          void group.createTask(logged(log, "sibling", 100));
          await logged(log, "body", 100)();
        }),
      );
      expect([log, group.errors, group.message, main.cancelling()]).toEqual([
        ["sibling CancelledError", "body CancelledError"],
        [thrown],
        "unhandled errors in a TaskGroup (1 error)",
        0,
      ]);
    }));

  it("TGRP-03 errors come in the order in which they happened", () =>
    onVirtualTime(async () => {
      const group = await groupOf(
        TaskGroup.run(async (group) => {
          void group.createTask(() => sleep(100).catch(() => failAfter(5, new Error("second"))()));
          void group.createTask(failAfter(1, new Error("first")));
        }),
      );
      expect([group.errors.map(String), group.message]).toEqual([
        ["Error: first", "Error: second"],
        "unhandled errors in a TaskGroup (2 errors)",
      ]);
    }));

  it("TGRP-04 cancelling the owner cancels all children, waits for them, and throws CancelledError", () =>
    onVirtualTime(async () => {
      const log: string[] = [];
      const owner = createTask(async () => {
        await TaskGroup.run(async (group) => {
          void group.createTask(() => sleep(100).finally(() => logged(log, "clean-up", 5)()));
          void group.createTask(logged(log, "b", 100));
        });
        log.push("after the group");
      });
      await sleep(10);
      owner.cancel();
      await errorOf(owner);
      expect([owner.cancelled(), log, getRunningLoop().time()]).toEqual([
        true,
        ["b CancelledError", "clean-up done"],
        15,
      ]);
    }));

  it("TGRP-04 a second cancellation of the owner while it waits for the children does not make it leave them", () =>
    onVirtualTime(async () => {
      const log: string[] = [];
      const owner = createTask(() =>
        TaskGroup.run(async (group) => {
          void group.createTask(() => sleep(100).finally(() => logged(log, "clean-up", 20)()));
        }),
      );
      await sleep(10);
      owner.cancel();
      await sleep(5);
      owner.cancel();
      await errorOf(owner);
      expect([log, owner.cancelled()]).toEqual([["clean-up done"], true]);
    }));

  it("TGRP-06 an error of the body cancels the children and comes out inside the group", () =>
    onVirtualTime(async () => {
      const log: string[] = [];
      const thrown = new RangeError("body");
      const group = await groupOf(
        TaskGroup.run(async (group) => {
          void group.createTask(logged(log, "child", 100));
          await sleep(1);
          throw thrown;
        }),
      );
      expect([log, group.errors, group.cause]).toEqual([["child CancelledError"], [thrown], thrown]);
    }));

  it("TGRP-07 the errors of children come first, the body's last", () =>
    onVirtualTime(async () => {
      const [ofChild, ofBody] = [new Error("child"), new Error("body")];
      const group = await groupOf(
        TaskGroup.run(async (group) => {
          void group.createTask(() => sleep(100).catch(() => Promise.reject(ofChild)));
          await sleep(1);
          throw ofBody;
        }),
      );
      expect(group.errors).toEqual([ofChild, ofBody]);
    }));

  it("TGRP-08 the error of an inner group stays a group inside the outer one's", () =>
    onVirtualTime(async () => {
      const thrown = new Error("inner");
      const outer = await groupOf(
        TaskGroup.run(async (group) => {
          void group.createTask(() =>
            TaskGroup.run(async (inner) => {
              void inner.createTask(failAfter(1, thrown));
            }),
          );
        }),
      );
      const [inner] = outer.errors as [ExceptionGroup];
      expect([outer.errors.length, inner instanceof ExceptionGroup, inner.errors]).toEqual([
        1,
        true,
        [thrown],
      ]);
    }));

  it("TGRP-08 also where the inner group is in the body of the outer one", () =>
    onVirtualTime(async () => {
      const thrown = new Error("inner");
      const outer = await groupOf(
        TaskGroup.run(() =>
          TaskGroup.run(async (inner) => {
            void inner.createTask(failAfter(1, thrown));
          }),
        ),
      );
      expect((outer.errors[0] as ExceptionGroup).errors).toEqual([thrown]);
    }));

  it("TGRP-11 an error that the body makes of its cancellation is in the group", () =>
    onVirtualTime(async () => {
      const [ofChild, ofBody] = [new Error("child"), new Error("body")];
      const group = await groupOf(
        TaskGroup.run(async (group) => {
          void group.createTask(failAfter(1, ofChild));
          await sleep(100).catch(() => Promise.reject(ofBody));
        }),
      );
      expect(group.errors).toEqual([ofChild, ofBody]);
    }));

  it.each(["body", "child"])("TGRP-12 what ends the program comes out bare, thrown by the %s", (thrower) =>
    onVirtualTime(async () => {
      const log: string[] = [];
      const interrupt = new InterruptError("SIGINT");
      const error = await errorOf(
        TaskGroup.run(async (group) => {
          void group.createTask(logged(log, "child", 100));
          if (thrower === "child") void group.createTask(failAfter(1, interrupt));
          await sleep(1);
          if (thrower === "body") throw interrupt;
        }),
      );
      expect([error === interrupt, log]).toEqual([true, ["child CancelledError"]]);
    }),
  );

  it("TGRP-21 a CancelledError that the body throws by itself cancels the children and comes out as it is", () =>
    onVirtualTime(async (main) => {
      const log: string[] = [];
      const thrown = new CancelledError("on its own account");
      const error = await errorOf(
        TaskGroup.run(async (group) => {
          void group.createTask(logged(log, "child", 100));
          await sleep(1);
          throw thrown;
        }),
      );
      expect([error === thrown, log, main.cancelling()]).toEqual([true, ["child CancelledError"], 0]);
    }));

  it("TGRP-17 outside of a task gets a task of its own", async () => {
    const name = await TaskGroup.run(async (group) => {
      const child = group.createTask(() => sleep(1, "child"));
      return [currentTask() !== null, await child];
    });
    expect([name, currentTask()]).toEqual([[true, "child"], null]);
  });

  it("TGRP-17 cannot be made, and so not be entered twice, but by run", () =>
    onVirtualTime(async () => {
      expect(() => Reflect.construct(TaskGroup, []) as TaskGroup).toThrow(UsageError);
    }));

  it.each([[42], [undefined], [Promise.resolve()]])("refuses %s, which is no function", async (body) => {
    const error = await errorOf(TaskGroup.run(body as never));
    expect(error).toBeInstanceOf(TypeError);
    expect(error.message).toMatch(
      /^TaskGroup.run takes a function, got .*; write TaskGroup.run\(async \(group\) => ...\)$/,
    );
  });

  it("takes a body that is not async", () =>
    onVirtualTime(async () => {
      expect(await TaskGroup.run(() => 42)).toBe(42);
      expect(
        (
          await groupOf(
            TaskGroup.run(() => {
              throw new RangeError("at once");
            }),
          )
        ).errors,
      ).toEqual([new RangeError("at once")]);
    }));

  it("EAGER-06 of children that are done already takes no turn of the loop", () =>
    onVirtualTime(async () => {
      const log: string[] = [];
      getRunningLoop().callSoon(() => log.push("turn"));
      await TaskGroup.run((group) => {
        for (const n of [1, 2, 3]) void group.createTask(() => log.push(`child ${n}`), { eager: true });
      });
      log.push("group done");
      await sleep(0);
      expect(log).toEqual(["child 1", "child 2", "child 3", "group done", "turn"]);
    }));

  it("leaves nothing behind on the loop", () =>
    onVirtualTime(async (main) => {
      await TaskGroup.run(async (group) => {
        for (const n of [1, 2, 3]) void group.createTask(() => sleep(n));
      });
      expect([[...allTasks()], getRunningLoop().isIdle()]).toEqual([[main], true]);
    }));
});

describe("TaskGroup.createTask", () => {
  it("TGRP-13 forgets children that have ended", () =>
    onVirtualTime(async () => {
      await TaskGroup.run(async (group) => {
        for (let round = 0; round < 100; round += 1) await group.createTask(() => sleep(1));
        await sleep(0);
        expect(String(group)).toBe("<TaskGroup>");
      });
    }));

  it("TGRP-14 may be called by a child, also when the body has ended", () =>
    onVirtualTime(async () => {
      const log: string[] = [];
      await TaskGroup.run(async (group) => {
        void group.createTask(async () => {
          await sleep(5);
          void group.createTask(logged(log, "grandchild", 5));
          log.push("child done");
        });
        log.push("body done");
      });
      expect(log).toEqual(["body done", "child done", "grandchild done"]);
    }));

  it("TGRP-15 is refused once the group is aborting: a child that keeps spawning cannot keep it alive", () =>
    onVirtualTime(async () => {
      const log: string[] = [];
      const group = await groupOf(
        TaskGroup.run(async (group) => {
          void group.createTask(async () => {
            for (;;) {
              try {
                await sleep(10);
              } catch {
                void group.createTask(() => log.push("ran"));
              }
            }
          });
          await sleep(1);
          throw new Error("body");
        }),
      );
      expect([log, group.errors.map(String)]).toEqual([
        [],
        ["UsageError: The task group is shutting down and takes no more tasks", "Error: body"],
      ]);
    }));

  it("TGRP-16 is refused after the end, and the function is not run", () =>
    onVirtualTime(async () => {
      const log: string[] = [];
      const group = await TaskGroup.run((group) => group);
      expect(() => group.createTask(() => log.push("ran"))).toThrow(
        new UsageError("The task group has ended and takes no more tasks; start a new one"),
      );
      await sleep(1);
      expect(log).toEqual([]);
    }));

  it("TGRP-16 is refused after the end of a group that failed", () =>
    onVirtualTime(async () => {
      let group: TaskGroup | undefined;
      await errorOf(
        TaskGroup.run((it) => {
          group = it;
          throw new Error("body");
        }),
      );
      expect(() => group!.createTask(() => 1)).toThrow(UsageError);
    }));

  it("refuses a promise", () =>
    onVirtualTime(async () => {
      await TaskGroup.run((group) => {
        expect(() => group.createTask(sleep(1) as never)).toThrow(TypeError);
      });
    }));

  it("TGRP-22 hands the name and the caller's context to the child", () =>
    onVirtualTime(async () => {
      const storage = new AsyncLocalStorage<string>();
      await TaskGroup.run(async (group) => {
        const child = storage.run("caller's", () =>
          group.createTask((task) => `${task.name} ${storage.getStore()}`, { name: "named" }),
        );
        expect(await child).toBe("named caller's");
      });
    }));

  it("a child that fails eagerly fails the group", () =>
    onVirtualTime(async () => {
      const group = await groupOf(
        TaskGroup.run(async (group) => {
          void group.createTask(
            () => {
              throw new RangeError("at once");
            },
            { eager: true },
          );
          await sleep(100);
        }),
      );
      expect([group.errors, getRunningLoop().time()]).toEqual([[new RangeError("at once")], 0]);
    }));

  it("counts a child's error as seen", async () => {
    const loop = virtualLoop();
    const reports = recordReports(loop);
    await onVirtualTime(async () => {
      await groupOf(
        TaskGroup.run(async (group) => {
          void group.createTask(failAfter(1, new Error("a")));
          void group.createTask(failAfter(1, new Error("b")));
        }),
      );
    }, loop);
    expect(reports).toEqual([]);
  });
});

describe("TaskGroup.cancel", () => {
  it("X-05 cancels the body and the children, and the block ends without an error", () =>
    onVirtualTime(async (main) => {
      const log: string[] = [];
      await TaskGroup.run(async (group) => {
        void group.createTask(logged(log, "child", 100));
        getRunningLoop().callLater(5, () => group.cancel());
        await logged(log, "body", 100)();
      });
      await sleep(1);
      expect([log.toSorted(), main.cancelling()]).toEqual([
        ["body CancelledError", "child CancelledError"],
        0,
      ]);
    }));

  it("X-05 may be called by a child, and again", () =>
    onVirtualTime(async () => {
      const log: string[] = [];
      await TaskGroup.run(async (group) => {
        void group.createTask(logged(log, "other", 100));
        void group.createTask(async () => {
          await sleep(1);
          group.cancel();
          group.cancel();
        });
      });
      expect(log).toEqual(["other CancelledError"]);
    }));

  it("X-05 errors thrown meanwhile still come out in a group", () =>
    onVirtualTime(async () => {
      const thrown = new RangeError("clean-up failed");
      const group = await groupOf(
        TaskGroup.run(async (group) => {
          void group.createTask(() => sleep(100).catch(() => Promise.reject(thrown)));
          await sleep(1);
          group.cancel();
        }),
      );
      expect(group.errors).toEqual([thrown]);
    }));

  it.each(["while the body waits", "while the group waits for the children"])(
    "X-05 does not eat a cancellation from outside that comes %s",
    (when) =>
      onVirtualTime(async () => {
        const owner = createTask(() =>
          TaskGroup.run(async (group) => {
            void group.createTask(() => sleep(100).finally(() => sleep(10)));
            await sleep(1);
            group.cancel();
            if (when === "while the body waits") await sleep(100).finally(() => sleep(10));
          }),
        );
        await sleep(5);
        owner.cancel();
        await errorOf(owner);
        expect(owner.cancelled()).toBe(true);
      }),
  );

  it.each(["while the body waits", "while the group waits for the children"])(
    "X-05 does not eat a timeout from outside that comes %s",
    (when) =>
      onVirtualTime(async () => {
        const limited = timeout(5, () =>
          TaskGroup.run(async (group) => {
            void group.createTask(() => sleep(100).finally(() => sleep(10)));
            await sleep(1);
            group.cancel();
            if (when === "while the body waits") await sleep(100).finally(() => sleep(10));
          }),
        );
        expect((await errorOf(limited)).name).toBe("TimeoutError");
      }),
  );

  it("X-05 after the end does nothing", () =>
    onVirtualTime(async (main) => {
      const group = await TaskGroup.run((group) => group);
      group.cancel();
      await sleep(1);
      expect(main.cancelling()).toBe(0);
    }));
});

describe("a group beside another await in the same task", () => {
  it("its failure interrupts its own body alone", () =>
    onVirtualTime(async (main) => {
      const log: string[] = [];
      const failing = TaskGroup.run(async (group) => {
        void group.createTask(failAfter(1, new Error("child")));
        await logged(log, "body", 100)();
      });
      const [group] = await Promise.all([groupOf(failing), logged(log, "beside", 50)()]);
      expect([group.errors, log, main.cancelling()]).toEqual([
        [new Error("child")],
        ["body CancelledError", "beside done"],
        0,
      ]);
    }));

  it("its cancel() interrupts its own body alone", () =>
    onVirtualTime(async () => {
      const log: string[] = [];
      const cancelled = TaskGroup.run(async (group) => {
        getRunningLoop().callLater(1, () => group.cancel());
        await logged(log, "body", 100)();
      });
      await Promise.all([cancelled, logged(log, "beside", 50)()]);
      expect(log).toEqual(["body CancelledError", "beside done"]);
    }));

  it("a timeout around it reaches it, and not what is beside the timeout", () =>
    onVirtualTime(async () => {
      const log: string[] = [];
      const limited = timeout(10, () =>
        TaskGroup.run((group) => {
          void group.createTask(logged(log, "child", 100));
        }),
      );
      await Promise.all([errorOf(limited), logged(log, "beside", 50)()]);
      expect(log).toEqual(["child CancelledError", "beside done"]);
    }));

  it("errors hide a cancellation from outside, which the owner gets at its next await", () =>
    onVirtualTime(async () => {
      const log: string[] = [];
      const owner = createTask(async () => {
        const group = await groupOf(
          TaskGroup.run(async (group) => {
            void group.createTask(() => sleep(100).catch(() => Promise.reject(new Error("child"))));
          }),
        );
        log.push(group.message);
        await logged(log, "next await", 100)();
      });
      await sleep(1);
      owner.cancel();
      expect(isCancelled(await errorOf(owner))).toBe(true);
      expect(log).toEqual(["unhandled errors in a TaskGroup (1 error)", "next await CancelledError"]);
    }));
});

describe("what a group shows", () => {
  it("its text has the number of tasks and errors, and says when it is cancelling", () =>
    onVirtualTime(async () => {
      const log: string[] = [];
      await errorOf(
        TaskGroup.run(async (group) => {
          log.push(String(group));
          void group.createTask(() => new Future());
          void group.createTask(failAfter(1, new Error("child")));
          log.push(String(group));
          await errorOf(sleep(100));
          log.push(String(group));
        }),
      );
      expect(log).toEqual(["<TaskGroup>", "<TaskGroup tasks=2>", "<TaskGroup tasks=1 errors=1 cancelling>"]);
    }));

  it("its signal aborts when it fails", () =>
    onVirtualTime(async () => {
      const log: unknown[] = [];
      await errorOf(
        TaskGroup.run(async (group) => {
          const { signal } = group;
          void group.createTask(failAfter(1, new Error("child")));
          await errorOf(sleep(100));
          log.push(signal.aborted, isCancelled(signal.reason));
        }),
      );
      expect(log).toEqual([true, true]);
    }));
});
