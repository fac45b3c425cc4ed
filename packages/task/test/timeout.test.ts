import { Future, TimeoutError, UsageError, isCancelled } from "@async/futures";
import { getRunningLoop } from "@async/loop";
import { errorOf } from "@async/test-kit";
import { describe, expect, it } from "vitest";

import {
  ExceptionGroup,
  TaskGroup,
  type Timeout,
  createTask,
  currentTask,
  sleep,
  timeout,
  timeoutAt,
} from "../src/index.ts";
import { onVirtualTime } from "./on-virtual-time.ts";

describe("timeout", () => {
  it("gives what the body returns", () =>
    onVirtualTime(async () => {
      expect([await timeout(10, () => sleep(1, "async")), await timeout(10, () => "plain")]).toEqual([
        "async",
        "plain",
      ]);
    }));

  it.each(["timeout", "timeoutAt"] as const)(
    "TOUT-01 %s cancels the body on expiry and throws TimeoutError, caused by the CancelledError",
    (name) =>
      onVirtualTime(async () => {
        const loop = getRunningLoop();
        await sleep(5);
        const log: unknown[] = [];
        let limit: Timeout | undefined;
        const body = async (scope: Timeout) => {
          limit = scope;
          try {
            await sleep(1000);
          } catch (error) {
            log.push(["body", isCancelled(error), scope.expired(), loop.time()]);
            throw error;
          }
        };
        const error = await errorOf(name === "timeout" ? timeout(10, body) : timeoutAt(15, body));
        log.push([error instanceof TimeoutError, isCancelled(error.cause), limit!.expired(), limit!.when()]);
        expect(log).toEqual([
          ["body", true, true, 15],
          [true, true, true, 15],
        ]);
      }),
  );

  it.each([timeout, timeoutAt])("TOUT-02 null never fires, and when() is null", (withLimit) =>
    onVirtualTime(async () => {
      const seen = await withLimit(null, async (scope) => {
        await sleep(1e9);
        return [scope.when(), scope.expired()];
      });
      expect(seen).toEqual([null, false]);
    }),
  );

  it.each([0, -5])("TOUT-03 of %i expires at the first suspension, even sleep(0)", (delay) =>
    onVirtualTime(async () => {
      const log: string[] = [];
      const error = await errorOf(
        timeout(delay, async () => {
          log.push("before");
          await sleep(0);
          log.push("after");
        }),
      );
      expect([log, error.name, getRunningLoop().time()]).toEqual([["before"], "TimeoutError", 0]);
    }),
  );

  it("TOUT-03 timeoutAt a time in the past expires at the first suspension", () =>
    onVirtualTime(async () => {
      await sleep(100);
      expect((await errorOf(timeoutAt(50, () => sleep(0)))).name).toBe("TimeoutError");
    }));

  it("TOUT-04 of 0 leaves a body alone that never suspends", () =>
    onVirtualTime(async () => {
      let limit: Timeout | undefined;
      const result = await timeout(0, async (scope) => {
        limit = scope;
        return "done";
      });
      await sleep(1);
      expect([result, limit!.expired()]).toEqual(["done", false]);
    }));

  it("TOUT-07 passes a foreign error through", () =>
    onVirtualTime(async () => {
      let limit: Timeout | undefined;
      const thrown = new RangeError("foreign");
      const error = await errorOf(
        timeout(10, async (scope) => {
          limit = scope;
          throw thrown;
        }),
      );
      expect([error, error.cause, limit!.expired()]).toEqual([thrown, undefined, false]);
    }));

  it("TOUT-08 an error of the clean-up wins over the TimeoutError and keeps it in its chain", () =>
    onVirtualTime(async () => {
      const error = await errorOf(
        timeout(10, async () => {
          try {
            await sleep(100);
          } catch (error) {
            throw new RangeError("clean-up failed", { cause: error });
          }
        }),
      );
      const cause = error.cause as Error;
      expect([error.message, cause.name, isCancelled(cause.cause)]).toEqual([
        "clean-up failed",
        "TimeoutError",
        true,
      ]);
    }));

  it("TOUT-08 also an error that has no cause of its own", () =>
    onVirtualTime(async () => {
      const error = await errorOf(
        timeout(10, () => sleep(100).catch(() => Promise.reject(new RangeError("clean-up failed")))),
      );
      expect([error.message, (error.cause as Error).name]).toEqual(["clean-up failed", "TimeoutError"]);
    }));

  it("TOUT-09 leaves a cancellation from outside what it is", () =>
    onVirtualTime(async () => {
      let limit: Timeout | undefined;
      const task = createTask(() =>
        timeout(100, async (scope) => {
          limit = scope;
          await sleep(1000);
        }),
      );
      await sleep(10);
      task.cancel();
      await errorOf(task);
      expect([task.cancelled(), limit!.expired()]).toEqual([true, false]);
    }));

  it("TOUT-09 also one that comes while it expires", () =>
    onVirtualTime(async () => {
      const task = createTask(() => timeout(10, () => sleep(100)));
      await sleep(0);
      getRunningLoop().callAt(10, () => task.cancel());
      await errorOf(task);
      expect(task.cancelled()).toBe(true);
    }));

  it("TOUT-11 once it is caught leaves the task uncancelled", () =>
    onVirtualTime(async (main) => {
      await errorOf(timeout(10, () => sleep(100)));
      await sleep(1);
      expect([main.cancelling(), main.signal.aborted]).toEqual([0, false]);
    }));

  it("TOUT-14 outside of a task gets a task of its own", async () => {
    const inside = await timeout(1000, async () => {
      await sleep(0);
      return currentTask()?.name;
    });
    expect([typeof inside, currentTask()]).toEqual(["string", null]);
    expect((await errorOf(timeout(1, () => sleep(60_000)))).name).toBe("TimeoutError");
  });

  it("TOUT-17 in a clean-up during the expiry of another: two TimeoutErrors", () =>
    onVirtualTime(async () => {
      const log: unknown[] = [];
      const error = await errorOf(
        timeout(10, async () => {
          try {
            await sleep(1000);
          } finally {
            const inner = await errorOf(timeout(5, () => sleep(1000)));
            log.push(["inner", inner.name, getRunningLoop().time()]);
          }
        }),
      );
      log.push(["outer", error.name, getRunningLoop().time()]);
      expect(log).toEqual([
        ["inner", "TimeoutError", 15],
        ["outer", "TimeoutError", 15],
      ]);
    }));

  it("TOUT-18 around a task group whose children crash in their clean-up gives the group's error", () =>
    onVirtualTime(async () => {
      const error = await errorOf(
        timeout(10, () =>
          TaskGroup.run(async (group) => {
            void group.createTask(() => sleep(100).catch(() => Promise.reject(new RangeError("crash"))));
          }),
        ),
      );
      expect(error).toBeInstanceOf(ExceptionGroup);
      expect((error as ExceptionGroup).errors.map(String)).toEqual(["RangeError: crash"]);
    }));

  it("an inner one that expires leaves the outer one alone, and an outer one ends both", () =>
    onVirtualTime(async () => {
      const loop = getRunningLoop();
      const log: unknown[] = [];
      const error = await errorOf(
        timeout(50, async () => {
          log.push([(await errorOf(timeout(10, () => sleep(100)))).name, loop.time()]);
          await timeout(1000, () => sleep(2000));
        }),
      );
      log.push([error.name, loop.time()]);
      expect(log).toEqual([
        ["TimeoutError", 10],
        ["TimeoutError", 50],
      ]);
    }));

  it("runs the body in the current task", () =>
    onVirtualTime(async (main) => {
      expect(await timeout(10, () => currentTask() === main)).toBe(true);
    }));

  it("awaits the future that the body returns inside of its scope", () =>
    onVirtualTime(async () => {
      const future = new Future();
      expect((await errorOf(timeout(10, () => future))).name).toBe("TimeoutError");
      expect(future.cancelled()).toBe(true);
    }));

  it("leaves no timer behind", () =>
    onVirtualTime(async () => {
      await timeout(1000, () => sleep(1));
      expect(getRunningLoop().isIdle()).toBe(true);
    }));

  it("refuses a time that is NaN or no number, and a body that is no function, before anything has started", () =>
    onVirtualTime(async () => {
      const log: string[] = [];
      const body = () => log.push("ran");
      const errors = [
        await errorOf(timeout(NaN, body)),
        await errorOf(timeoutAt(NaN, body)),
        await errorOf(timeout("10" as never, body)),
        await errorOf(timeout(undefined as never, body)),
        await errorOf(timeout(10, sleep(1) as never)),
      ];
      expect([log, ...errors]).toEqual([
        [],
        new UsageError("timeout: delay is NaN; pass milliseconds or null"),
        new UsageError("timeoutAt: when is NaN; pass milliseconds or null"),
        new TypeError("timeout: delay is a number of milliseconds or null, got '10'"),
        new TypeError("timeout: delay is a number of milliseconds or null, got undefined"),
        new TypeError("The body of a timeout is a function, got Promise { <pending> }"),
      ]);
    }));

  it("has a text that shows its state and its deadline", () =>
    onVirtualTime(async () => {
      const log: string[] = [];
      const limit = await timeout(10, (scope) => {
        log.push(String(scope));
        return scope;
      });
      log.push(String(limit));
      expect(log).toEqual(["<Timeout entered when=10.000>", "<Timeout exited when=10.000>"]);
    }));
});
