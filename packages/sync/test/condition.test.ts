import { type CancelledError, TimeoutError, UsageError, isCancelled } from "@async/futures";
import { type Task, createTask, gather, sleep, waitFor } from "@async/task";
import { errorOf, thrownBy } from "@async/test-kit";
import { describe, expect, it } from "vitest";

import { Condition, Lock } from "../src/index.ts";
import { onVirtualTime } from "./on-virtual-time.ts";

/** Waits on the condition inside its lock, and logs when it goes on. */
async function waitOn(condition: Condition, log: string[], name: string): Promise<void> {
  using guard = await condition.acquire();
  await condition.wait();
  log.push(name);
  expect(guard).toBeDefined();
}

async function notify(condition: Condition, ...counts: number[]): Promise<void> {
  using guard = await condition.acquire();
  for (const count of counts) condition.notify(count);
  expect(guard).toBeDefined();
}

describe("Condition", () => {
  it("COND-01 refuses wait, notify and notifyAll without the lock", async () => {
    const condition = new Condition();
    expect(await errorOf(condition.wait())).toBeInstanceOf(UsageError);
    expect(thrownBy(() => condition.notify())).toBeInstanceOf(UsageError);
    expect(thrownBy(() => condition.notifyAll())).toBeInstanceOf(UsageError);
  });

  it("COND-01 wakes so many of those who wait, the first to come first, also more than there are", () =>
    onVirtualTime(async () => {
      const condition = new Condition();
      const log: string[] = [];
      const tasks = ["a", "b", "c"].map((name) => createTask(() => waitOn(condition, log, name)));
      await sleep(0);
      await notify(condition, 1);
      await sleep(1);
      log.push("one");
      await notify(condition, 1, 2048);
      await gather(tasks);
      expect(log).toEqual(["a", "one", "b", "c"]);
    }));

  it("COND-01 lets a waiter that was notified go on only when it has the lock again", () =>
    onVirtualTime(async () => {
      const condition = new Condition();
      const log: string[] = [];
      const waiter = createTask(() => waitOn(condition, log, "waiter"));
      await sleep(0);
      const guard = await condition.acquire();
      condition.notify();
      await sleep(10);
      log.push("about to free the lock");
      guard.release();
      await waiter;
      expect(log).toEqual(["about to free the lock", "waiter"]);
    }));

  it("COND-01 wakes all with notifyAll", () =>
    onVirtualTime(async () => {
      const condition = new Condition();
      const log: string[] = [];
      const tasks = ["a", "b"].map((name) => createTask(() => waitOn(condition, log, name)));
      await sleep(0);
      const guard = await condition.acquire();
      condition.notifyAll();
      guard.release();
      await gather(tasks);
      expect(log).toEqual(["a", "b"]);
    }));

  it("COND-02 takes the lock again before a cancellation comes out", () =>
    onVirtualTime(async () => {
      const condition = new Condition();
      const log: string[] = [];
      const waiter = createTask(async () => {
        using guard = await condition.acquire();
        const error = await errorOf(condition.wait());
        log.push(`${error.name}, ${condition.locked() ? "locked" : "unlocked"}`);
        expect(guard).toBeDefined();
      });
      await sleep(0);
      const guard = await condition.acquire();
      waiter.cancel();
      await sleep(10);
      log.push("freed");
      guard.release();
      await waiter;
      expect([...log, condition.locked()]).toEqual(["freed", "CancelledError, locked", false]);
    }));

  it("COND-02 takes the lock again before a timeout comes out", () =>
    onVirtualTime(async () => {
      const condition = new Condition();
      using guard = await condition.acquire();
      const error = await errorOf(waitFor(() => condition.wait(), 500));
      expect([error instanceof TimeoutError, condition.locked()]).toEqual([true, true]);
      expect(guard).toBeDefined();
    }));

  it("COND-02 is not kept from the lock by further cancellations, and throws the last of them", () =>
    onVirtualTime(async () => {
      const condition = new Condition();
      let locked: boolean | undefined;
      const waiter = createTask(async () => {
        await condition.acquire();
        try {
          await condition.wait();
        } finally {
          locked = condition.locked();
        }
      });
      await sleep(0);
      await condition.acquire();
      for (const reason of ["first", "second", "third"]) {
        waiter.cancel(reason);
        await sleep(1);
      }
      condition.release();
      const error = await errorOf(waiter);
      expect([(error as CancelledError).reason, locked]).toEqual(["third", true]);
    }));

  it("COND-02 passes the very error on with which it was cancelled while it waited for the lock", () =>
    onVirtualTime(async () => {
      const condition = new Condition();
      let seen: unknown;
      const waiter = createTask(async () => {
        using guard = await condition.acquire();
        seen = await errorOf(condition.wait());
        expect(guard).toBeDefined();
        throw seen as Error;
      });
      await sleep(0);
      const guard = await condition.acquire();
      condition.notify();
      await sleep(0);
      waiter.cancel("foo");
      guard.release();
      const error = await errorOf(waiter);
      expect([error === seen, isCancelled(error) && error.reason]).toEqual([true, "foo"]);
    }));

  describe("passes a notification on when the one that was notified is cancelled", () => {
    async function consumed(
      cancelFirst: (first: Task, condition: Condition) => Promise<void>,
    ): Promise<number> {
      const condition = new Condition();
      let items = 0;
      const consumer = async () => {
        using guard = await condition.acquire();
        await condition.waitFor(() => items > 0);
        items -= 1;
        expect(guard).toBeDefined();
      };
      const [first, second] = [createTask(consumer), createTask(consumer)];
      await sleep(0);
      const guard = await condition.acquire();
      items += 1;
      condition.notify();
      await cancelFirst(first, condition);
      guard.release();
      await second;
      expect(first.cancelled()).toBe(true);
      return items;
    }

    it("before its turn", () =>
      onVirtualTime(async () => {
        const left = await consumed(async (first) => {
          first.cancel();
        });
        expect(left).toBe(0);
      }));

    it("while it waits for the lock", () =>
      onVirtualTime(async () => {
        const left = await consumed(async (first) => {
          await sleep(0);
          first.cancel();
        });
        expect(left).toBe(0);
      }));
  });

  it("COND-05 resolves to the value of the predicate, which needs no lock if it is truthy at once", async () => {
    const condition = new Condition();
    const value = [1, 2, 3];
    expect(await condition.waitFor(() => value)).toBe(value);
    expect(await errorOf(condition.waitFor(() => false))).toBeInstanceOf(UsageError);
  });

  it("COND-05 waits on until the predicate holds, whatever notifications come", () =>
    onVirtualTime(async () => {
      const condition = new Condition();
      let ready = "";
      const waiter = createTask(async () => {
        using guard = await condition.acquire();
        expect(guard).toBeDefined();
        return await condition.waitFor(() => ready);
      });
      await sleep(0);
      await notify(condition, 1);
      await sleep(1);
      const before = waiter.done();
      ready = "ready";
      await notify(condition, 1);
      expect([before, await waiter]).toEqual([false, "ready"]);
    }));

  it("throws what the predicate throws, with the lock held", () =>
    onVirtualTime(async () => {
      const condition = new Condition();
      let calls = 0;
      const waiter = createTask(async () => {
        await condition.acquire();
        await condition.waitFor(() => {
          calls += 1;
          if (calls === 2) throw new Error("of the predicate");
          return false;
        });
      });
      await sleep(0);
      await notify(condition, 1);
      const error = await errorOf(waiter);
      expect([error.message, condition.locked()]).toEqual(["of the predicate", true]);
    }));

  it("keeps the guard good that was acquired before the wait", () =>
    onVirtualTime(async () => {
      const condition = new Condition();
      const log: string[] = [];
      const waiter = createTask(() => waitOn(condition, log, "waiter"));
      await sleep(0);
      await notify(condition, 1);
      await waiter;
      expect([log, condition.locked()]).toEqual([["waiter"], false]);
    }));

  it("shares a lock that is passed in", () =>
    onVirtualTime(async () => {
      const lock = new Lock();
      const [full, empty] = [new Condition(lock), new Condition(lock)];
      const guard = await full.acquire();
      expect([lock.locked(), empty.locked()]).toEqual([true, true]);
      guard.release();
      await empty.acquire();
      full.release();
      expect([lock.locked(), empty.locked()]).toEqual([false, false]);
    }));

  it("refuses what is no lock, no predicate, an async predicate, and no number", async () => {
    expect(thrownBy(() => new Condition({} as Lock))).toBeInstanceOf(TypeError);
    expect(thrownBy(() => new Condition(null as never))).toBeInstanceOf(TypeError);
    const condition = new Condition();
    await condition.acquire();
    expect(await errorOf(condition.waitFor(42 as never))).toBeInstanceOf(TypeError);
    const failing = () => Promise.reject(new Error("never looked at"));
    expect((await errorOf(condition.waitFor(failing))).message).toContain("must not be async");
    expect(thrownBy(() => condition.notify("2" as never))).toBeInstanceOf(TypeError);
    expect(thrownBy(() => condition.notify(NaN))).toBeInstanceOf(UsageError);
  });

  it("shows who waits to be notified and who for the lock, and says so in its text", () =>
    onVirtualTime(async () => {
      const condition = new Condition();
      void createTask(() => waitOn(condition, [], "never"), { name: "for news" });
      await sleep(2);
      await condition.acquire();
      void createTask(async () => (await condition.acquire()).release(), { name: "for the lock" });
      await sleep(3);
      expect(condition.statistics()).toEqual({
        locked: true,
        waiters: [{ task: "for news", waitedFor: 5 }],
        lockWaiters: [{ task: "for the lock", waitedFor: 3 }],
      });
      expect(String(condition)).toBe("<Condition locked waiters=1>");
      condition.release();
    }));
});
