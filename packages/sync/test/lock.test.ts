import { UsageError } from "@async/futures";
import { getRunningLoop } from "@async/loop";
import { createTask, gather, sleep } from "@async/task";
import { errorOf } from "@async/test-kit";
import { describe, expect, it } from "vitest";

import { Lock } from "../src/index.ts";
import { onVirtualTime } from "./on-virtual-time.ts";

describe("Lock", () => {
  it("LOCK-01 serves waiters in the order in which they came, one for each release", () =>
    onVirtualTime(async () => {
      const log: string[] = [];
      const lock = new Lock();
      const worker = async (name: string) => {
        using guard = await lock.acquire();
        log.push(`${name} in`);
        await sleep(1);
        log.push(`${name} out`);
        return guard;
      };
      await gather([() => worker("a"), () => worker("b"), () => worker("c")]);
      expect(log).toEqual(["a in", "a out", "b in", "b out", "c in", "c out"]);
    }));

  it("LOCK-01 is not ours before the turn that follows the release, and a newcomer does not jump the queue", () =>
    onVirtualTime(async () => {
      const log: string[] = [];
      const lock = new Lock();
      await lock.acquire();
      const enter = (name: string) =>
        createTask(
          async () => {
            await lock.acquire();
            log.push(name);
          },
          { eager: true },
        );
      const waiting = enter("waiting");
      await sleep(0);
      lock.release();
      log.push(lock.locked() ? "locked" : "free, but spoken for");
      const newcomer = enter("newcomer");
      await waiting;
      lock.release();
      await newcomer;
      expect(log).toEqual(["free, but spoken for", "waiting", "newcomer"]);
    }));

  it("LOCK-02 refuses to be released when nobody holds it", () => {
    expect(() => new Lock().release()).toThrow(UsageError);
  });

  it("LOCK-02 is free after a block that declared its guard, also one that threw", () =>
    onVirtualTime(async () => {
      const lock = new Lock();
      const seen: boolean[] = [];
      const block = async () => {
        using guard = await lock.acquire();
        seen.push(lock.locked());
        throw new Error(`in ${guard.constructor.name}`);
      };
      await errorOf(block());
      expect([...seen, lock.locked()]).toEqual([true, false]);
    }));

  it("LOCK-03 keeps no waiter whose acquire was cancelled", () =>
    onVirtualTime(async () => {
      const lock = new Lock();
      await lock.acquire();
      const waiter = createTask(() => lock.acquire());
      await sleep(0);
      waiter.cancel();
      await errorOf(waiter);
      expect([waiter.cancelled(), lock.statistics()]).toEqual([true, { locked: true, waiters: [] }]);
    }));

  it("LOCK-03 goes to the next waiter when the first one is cancelled in the turn of the release", () =>
    onVirtualTime(async () => {
      const lock = new Lock();
      const holder = await lock.acquire();
      const first = createTask(() => lock.acquire());
      const second = createTask(() => lock.acquire());
      await sleep(0);
      holder.release();
      first.cancel();
      await second;
      expect([first.cancelled(), lock.locked()]).toEqual([true, true]);
    }));

  it("LOCK-03 goes to the next waiter when the first one is cancelled in the turn before the release", () =>
    onVirtualTime(async () => {
      const lock = new Lock();
      const holder = await lock.acquire();
      const first = createTask(() => lock.acquire());
      const second = createTask(() => lock.acquire());
      await sleep(0);
      first.cancel();
      holder.release();
      await second;
      expect([first.cancelled(), lock.locked()]).toEqual([true, true]);
    }));

  it("LOCK-03 is taken once when the first of several waiters is cancelled while the lock is released", () =>
    onVirtualTime(async () => {
      const lock = new Lock();
      let taken = 0;
      const take = async () => {
        await lock.acquire();
        taken += 1;
      };
      await lock.acquire();
      const [first, second, third] = [createTask(take), createTask(take), createTask(take)];
      await sleep(0);
      getRunningLoop().callSoon(() => {
        first.cancel();
        lock.release();
      });
      await errorOf(first);
      expect([taken, second.done(), third.done()]).toEqual([1, true, false]);
    }));

  it("LOCK-03 can be taken at once when all who stand in line are cancelled", () =>
    onVirtualTime(async () => {
      const lock = new Lock();
      await lock.acquire();
      const waiter = createTask(() => lock.acquire());
      await sleep(0);
      waiter.cancel();
      lock.release();
      const start = getRunningLoop().statistics().ready;
      await lock.acquire();
      expect([getRunningLoop().statistics().ready, waiter.done(), lock.locked()]).toEqual([
        start,
        false,
        true,
      ]);
      await sleep(0);
      expect([waiter.cancelled(), lock.locked()]).toEqual([true, true]);
    }));

  it("gives way to no other task when it is free", () =>
    onVirtualTime(async () => {
      const log: string[] = [];
      const lock = new Lock();
      const other = createTask(async () => log.push("another task"));
      await lock.acquire();
      log.push("acquired");
      await other;
      expect(log).toEqual(["acquired", "another task"]);
    }));

  it("is released by a guard once, however often that is released", () =>
    onVirtualTime(async () => {
      const lock = new Lock();
      const first = await lock.acquire();
      first.release();
      await lock.acquire();
      first.release();
      first[Symbol.dispose]();
      expect(lock.locked()).toBe(true);
    }));

  it("is not taken from its next holder by a guard that is disposed of after a release by hand", () =>
    onVirtualTime(async () => {
      const lock = new Lock();
      {
        using guard = await lock.acquire();
        lock.release();
        await lock.acquire();
        expect(guard.release.name).toBe("release");
      }
      expect(lock.locked()).toBe(true);
    }));

  it("shows in its statistics who waits, and for how long", () =>
    onVirtualTime(async () => {
      const lock = new Lock();
      await lock.acquire();
      void createTask(() => lock.acquire(), { name: "early" });
      await sleep(20);
      void createTask(() => lock.acquire(), { name: "late" });
      await sleep(5);
      const statistics = lock.statistics();
      expect(statistics).toEqual({
        locked: true,
        waiters: [
          { task: "early", waitedFor: 25 },
          { task: "late", waitedFor: 5 },
        ],
      });
      const parts = [statistics, statistics.waiters, statistics.waiters[0]];
      expect(parts.map(Object.isFrozen)).toEqual([true, true, true]);
    }));

  it("says in its text whether it is locked, and how many wait", () =>
    onVirtualTime(async () => {
      const lock = new Lock();
      const texts = [String(lock)];
      await lock.acquire();
      texts.push(String(lock));
      void createTask(() => lock.acquire());
      await sleep(0);
      expect([...texts, String(lock)]).toEqual([
        "<Lock unlocked>",
        "<Lock locked>",
        "<Lock locked waiters=1>",
      ]);
    }));
});
