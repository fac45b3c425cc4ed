import { UsageError } from "@async/futures";
import { createTask, gather, sleep } from "@async/task";
import { errorOf, thrownBy } from "@async/test-kit";
import { describe, expect, it } from "vitest";

import { BoundedSemaphore, Semaphore } from "../src/index.ts";
import { onVirtualTime } from "./on-virtual-time.ts";

describe("Semaphore", () => {
  it("SEMA-01 refuses a start value that is negative, broken or no number", () => {
    for (const value of [-1, 1.5, NaN, -Infinity])
      expect(thrownBy(() => new Semaphore(value))).toBeInstanceOf(UsageError);
    expect(thrownBy(() => new Semaphore("2" as never))).toBeInstanceOf(TypeError);
  });

  it("SEMA-01 is locked from the start with 0 permits, and never with Infinity", async () => {
    const boundless = new Semaphore(Infinity);
    for (let count = 0; count < 10; count += 1) await boundless.acquire();
    expect([new Semaphore(0).locked(), boundless.locked()]).toEqual([true, false]);
  });

  it("has as many holders at a time as permits, and serves waiters in the order in which they came", () =>
    onVirtualTime(async () => {
      const semaphore = new Semaphore(2);
      const log: string[] = [];
      const worker = async (name: string) => {
        using permit = await semaphore.acquire();
        log.push(`${name} in`);
        await sleep(1);
        log.push(`${name} out`);
        expect(permit).toBeDefined();
      };
      await gather(["a", "b", "c", "d"].map((name) => () => worker(name)));
      expect(log).toEqual(["a in", "b in", "a out", "b out", "c in", "d in", "c out", "d out"]);
      expect(semaphore.statistics().value).toBe(2);
    }));

  it("hands a permit over at the release: a newcomer does not get it", () =>
    onVirtualTime(async () => {
      const semaphore = new Semaphore(1);
      const permit = await semaphore.acquire();
      const log: string[] = [];
      const take = async (name: string) => {
        await semaphore.acquire();
        log.push(name);
        semaphore.release();
      };
      const waiting = createTask(() => take("waiting"));
      await sleep(0);
      const newcomer = createTask(() => take("newcomer"));
      permit.release();
      log.push(`${semaphore.statistics().value} free`);
      await gather([waiting, newcomer]);
      expect(log).toEqual(["0 free", "waiting", "newcomer"]);
    }));

  it("has a free permit wait for one who came earlier and is about to run", () =>
    onVirtualTime(async () => {
      const semaphore = new Semaphore(0);
      const log: string[] = [];
      const take = async (name: string) => {
        await semaphore.acquire();
        log.push(name);
      };
      const early = createTask(() => take("early"));
      await sleep(0);
      semaphore.release();
      semaphore.release();
      log.push(semaphore.locked() ? "locked" : "unlocked");
      const late = createTask(() => take("late"), { eager: true });
      await gather([early, late]);
      expect([log, semaphore.statistics().value]).toEqual([["locked", "early", "late"], 0]);
    }));

  it("SEMA-04 skips cancelled waiters: a release reaches the first live one", () =>
    onVirtualTime(async () => {
      const semaphore = new Semaphore(0);
      const tasks = Array.from({ length: 4 }, () => createTask(() => semaphore.acquire()));
      await sleep(0);
      for (const task of tasks.slice(0, 3)) task.cancel();
      semaphore.release();
      await tasks[3];
      expect(tasks.map((task) => task.cancelled())).toEqual([true, true, true, false]);
    }));

  it("SEMA-04 passes the permit on that it handed to a waiter which was then cancelled", () =>
    onVirtualTime(async () => {
      const semaphore = new Semaphore(1);
      await semaphore.acquire();
      const first = createTask(() => semaphore.acquire());
      const second = createTask(() => semaphore.acquire());
      await sleep(0);
      semaphore.release();
      first.cancel();
      await second;
      expect([first.cancelled(), semaphore.locked()]).toEqual([true, true]);
    }));

  it("SEMA-04 keeps a permit that was handed to a cancelled waiter when nobody else wants it", () =>
    onVirtualTime(async () => {
      const semaphore = new Semaphore(0);
      const waiter = createTask(() => semaphore.acquire());
      await sleep(0);
      semaphore.release();
      waiter.cancel();
      await errorOf(waiter);
      expect(semaphore.statistics()).toEqual({ value: 1, waiters: [] });
    }));

  it("SEMA-04 serves all who wait when several permits come back while the first waiters are cancelled", () =>
    onVirtualTime(async () => {
      const semaphore = new Semaphore(0);
      const log: string[] = [];
      const take = async (name: string) => {
        await semaphore.acquire();
        log.push(name);
      };
      const tasks = ["a", "b", "c", "d"].map((name) => createTask(() => take(name)));
      await sleep(0);
      tasks[0]?.cancel();
      tasks[2]?.cancel();
      semaphore.release();
      semaphore.release();
      await sleep(1);
      expect([log, semaphore.statistics().value]).toEqual([["b", "d"], 0]);
    }));

  it("gives a permit back once for each guard", () =>
    onVirtualTime(async () => {
      const semaphore = new Semaphore(1);
      {
        using permit = await semaphore.acquire();
        permit.release();
        permit.release();
      }
      expect(semaphore.statistics().value).toBe(1);
    }));

  it("may be released without being acquired: that adds a permit", () => {
    const semaphore = new Semaphore(1);
    semaphore.release();
    expect([semaphore.statistics().value, String(semaphore)]).toEqual([2, "<Semaphore unlocked value=2>"]);
  });

  it("shows who waits, and says in its text how many", () =>
    onVirtualTime(async () => {
      const semaphore = new Semaphore(0);
      void createTask(() => semaphore.acquire(), { name: "hopeful" });
      await sleep(7);
      expect(semaphore.statistics()).toEqual({ value: 0, waiters: [{ task: "hopeful", waitedFor: 7 }] });
      expect(String(semaphore)).toBe("<Semaphore locked waiters=1>");
    }));
});

describe("BoundedSemaphore", () => {
  it("SEMA-01 refuses a release that would leave more permits than at the start", () =>
    onVirtualTime(async () => {
      const semaphore = new BoundedSemaphore(2);
      await semaphore.acquire();
      semaphore.release();
      expect(thrownBy(() => semaphore.release())).toBeInstanceOf(UsageError);
      expect(semaphore.statistics().value).toBe(2);
    }));

  it("takes any release with Infinity, of which there are never too many", async () => {
    const semaphore = new BoundedSemaphore(Infinity);
    (await semaphore.acquire()).release();
    expect(semaphore.statistics().value).toBe(Infinity);
  });

  it("is a semaphore in all else", () =>
    onVirtualTime(async () => {
      const semaphore = new BoundedSemaphore();
      const permit = await semaphore.acquire();
      const waiter = createTask(() => semaphore.acquire());
      await sleep(0);
      permit.release();
      (await waiter).release();
      expect([semaphore instanceof Semaphore, String(semaphore)]).toEqual([
        true,
        "<BoundedSemaphore unlocked value=1>",
      ]);
    }));
});
