import { UsageError } from "@async/futures";
import { createTask, gather, sleep } from "@async/task";
import { errorOf, thrownBy } from "@async/test-kit";
import { describe, expect, it } from "vitest";

import { RWLock } from "../src/index.ts";
import { onVirtualTime } from "./on-virtual-time.ts";

/** Returns functions that hold the lock for 10 ms and log it. */
function users(lock: RWLock, log: string[]) {
  const use = async (name: string, acquire: () => Promise<Disposable>) => {
    using guard = await acquire();
    log.push(`${name} in`);
    await sleep(10);
    log.push(`${name} out`);
    expect(guard).toBeDefined();
  };
  return {
    read: (name: string) => createTask(() => use(name, () => lock.acquireRead()), { name }),
    write: (name: string) => createTask(() => use(name, () => lock.acquireWrite()), { name }),
  };
}

describe("RWLock", () => {
  it("lets readers in together, and a writer alone", () =>
    onVirtualTime(async () => {
      const log: string[] = [];
      const { read, write } = users(new RWLock(), log);
      await gather([read("r1"), read("r2"), write("w"), read("r3")]);
      expect(log).toEqual(["r1 in", "r2 in", "r1 out", "r2 out", "w in", "w out", "r3 in", "r3 out"]);
    }));

  it("does not let readers who come one after another keep a writer out", () =>
    onVirtualTime(async () => {
      const log: string[] = [];
      const { read, write } = users(new RWLock(), log);
      const tasks = [read("r1")];
      await sleep(5);
      tasks.push(write("w"), read("r2"));
      await gather(tasks);
      expect(log).toEqual(["r1 in", "r1 out", "w in", "w out", "r2 in", "r2 out"]);
    }));

  it("serves those who wait in the order in which they came, readers that stand together at once", () =>
    onVirtualTime(async () => {
      const log: string[] = [];
      const { read, write } = users(new RWLock(), log);
      await gather([write("w1"), read("r1"), read("r2"), write("w2"), read("r3")]);
      expect(log.filter((line) => line.endsWith("in"))).toEqual([
        "w1 in",
        "r1 in",
        "r2 in",
        "w2 in",
        "r3 in",
      ]);
      expect(log.indexOf("r2 in")).toBeLessThan(log.indexOf("r1 out"));
    }));

  it("lets the readers go on who stood behind a writer that is cancelled", () =>
    onVirtualTime(async () => {
      const log: string[] = [];
      const { read, write } = users(new RWLock(), log);
      const tasks = [read("r1")];
      await sleep(1);
      const writer = write("w");
      tasks.push(read("r2"));
      await sleep(1);
      writer.cancel();
      await gather(tasks);
      expect([writer.cancelled(), log]).toEqual([true, ["r1 in", "r2 in", "r1 out", "r2 out"]]);
    }));

  it.each(["acquireRead", "acquireWrite"] as const)(
    "passes the lock on that it handed to one that is then cancelled: %s",
    (acquire) =>
      onVirtualTime(async () => {
        const lock = new RWLock();
        const holder = await lock.acquireWrite();
        const first = createTask(() => lock[acquire]());
        const second = createTask(() => lock.acquireWrite());
        await sleep(0);
        holder.release();
        first.cancel();
        const guard = await second;
        const held = lock.statistics();
        guard.release();
        expect([first.cancelled(), held.isWriting, held.readers, String(lock)]).toEqual([
          true,
          true,
          0,
          "<RWLock unlocked>",
        ]);
      }),
  );

  it("is handed over at the release: a newcomer does not get in between", () =>
    onVirtualTime(async () => {
      const lock = new RWLock();
      const reader = await lock.acquireRead();
      const waiting = createTask(() => lock.acquireWrite());
      await sleep(0);
      reader.release();
      const newcomer = createTask(() => lock.acquireRead(), { eager: true });
      await waiting;
      expect(newcomer.done()).toBe(false);
    }));

  it("is released by a guard once, and refuses to be released by hand when nobody is in", () =>
    onVirtualTime(async () => {
      const lock = new RWLock();
      const [first, second] = [await lock.acquireRead(), await lock.acquireRead()];
      first.release();
      first.release();
      const readers = [lock.statistics().readers];
      second.release();
      readers.push(lock.statistics().readers);
      expect(readers).toEqual([1, 0]);
      expect(thrownBy(() => lock.releaseRead())).toBeInstanceOf(UsageError);
      expect(thrownBy(() => lock.releaseWrite())).toBeInstanceOf(UsageError);
      await lock.acquireWrite();
      lock.releaseWrite();
      await lock.acquireRead();
      lock.releaseRead();
      expect(lock.statistics().readers).toBe(0);
    }));

  it("keeps no waiter that was cancelled", () =>
    onVirtualTime(async () => {
      const lock = new RWLock();
      await lock.acquireRead();
      const writer = createTask(() => lock.acquireWrite());
      await sleep(0);
      writer.cancel();
      await errorOf(writer);
      expect(lock.statistics()).toEqual({
        readers: 1,
        isWriting: false,
        waitingReaders: [],
        waitingWriters: [],
      });
    }));

  it("shows who waits for what, and says in its text how many", () =>
    onVirtualTime(async () => {
      const lock = new RWLock();
      const { read, write } = users(lock, []);
      await lock.acquireWrite();
      void write("writer");
      await sleep(3);
      void read("reader");
      await sleep(2);
      expect(lock.statistics()).toEqual({
        readers: 0,
        isWriting: true,
        waitingReaders: [{ task: "reader", waitedFor: 2 }],
        waitingWriters: [{ task: "writer", waitedFor: 5 }],
      });
      expect(String(lock)).toBe("<RWLock writing waiters=2>");
    }));
});
