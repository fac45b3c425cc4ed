import { UsageError } from "@async/futures";
import { EventLoop, getEventLoop, getRunningLoop } from "@async/loop";
import { createTask, formatCallGraph, run, sleep } from "@async/task";
import { errorOf } from "@async/test-kit";
import { describe, expect, it } from "vitest";

import {
  Barrier,
  CapacityLimiter,
  Condition,
  Event,
  Lock,
  Queue,
  RWLock,
  RateLimiter,
  Semaphore,
} from "../src/index.ts";
import { HomeLoop } from "../src/home-loop.ts";
import { Waiters } from "../src/waiters.ts";
import { onVirtualTime, virtualLoop } from "./on-virtual-time.ts";

class Door {
  readonly waiters = new Waiters<string>(this, "knock");

  toString(): string {
    return "<Door>";
  }
}

describe("Waiters", () => {
  it("wakes the oldest first, and skips those who are cancelled or woken", () => {
    const { waiters } = new Door();
    const [a, b, c] = ["a", "b", "c"].map((name) => waiters.park(name));
    b?.cancel();
    const woken = [waiters.wakeNext(), waiters.wakeNext(), waiters.wakeNext()];
    expect([woken, a?.wasWoken(), b?.wasWoken(), c?.wasWoken()]).toEqual([
      [true, true, false],
      true,
      false,
      true,
    ]);
  });

  it("says who is next, and how many wait", () => {
    const { waiters } = new Door();
    const [a] = ["a", "b", "a"].map((name) => waiters.park(name));
    a?.cancel();
    expect([waiters.next()?.request, waiters.statistics().length, waiters.statistics("a").length]).toEqual([
      "b",
      2,
      1,
    ]);
  });

  it("counts one as alive from its wake-up to its turn, but not one that is cancelled", () => {
    const { waiters } = new Door();
    const waiter = waiters.park("woken");
    waiters.wakeNext();
    const between = waiters.anyAlive();
    waiters.leave(waiter);
    waiters.park("cancelled").cancel();
    expect([between, waiters.anyAlive(), waiters.next()]).toEqual([true, false, null]);
  });

  it("does not wake the second when the oldest is about to resume", () => {
    const { waiters } = new Door();
    const [oldest, second] = [waiters.park("oldest"), waiters.park("second")];
    waiters.wakeOldest();
    waiters.wakeOldest();
    const before = second.done();
    waiters.leave(oldest);
    waiters.wakeOldest();
    expect([before, second.done()]).toEqual([false, true]);
  });

  it("lets anyone leave: the first, the last, one in the middle", () => {
    const { waiters } = new Door();
    const all = ["a", "b", "c", "d", "e"].map((name) => waiters.park(name));
    for (const index of [2, 0, 4]) waiters.leave(all[index]!);
    void waiters.park("f");
    const order = [];
    for (let next = waiters.next(); next !== null; next = waiters.next()) {
      order.push(next.request);
      waiters.wakeNext();
    }
    expect(order).toEqual(["b", "d", "f"]);
  });

  it("holds on to none of those who came later through one that has left", () => {
    const { waiters } = new Door();
    const [first] = [waiters.park("first"), waiters.park("second")];
    waiters.leave(first);
    expect([first.older, first.newer]).toEqual([null, null]);
  });

  it("names in reports what is waited for", () =>
    onVirtualTime(async () => {
      const lock = new Lock();
      await lock.acquire();
      const task = createTask(() => lock.acquire(), { name: "stuck" });
      await sleep(0);
      expect(formatCallGraph(task)).toContain("waitFor=Waiter 'Lock.acquire'");
      expect(String(new Door().waiters.park("x"))).toBe("<Waiter pending name='Door.knock'>");
    }));

  it("knows no task where there is none", () =>
    onVirtualTime(async () => {
      const event = new Event();
      getRunningLoop().callSoon(() => void event.wait());
      await sleep(8);
      expect(event.statistics().waiters).toEqual([{ task: null, waitedFor: 8 }]);
    }));

  // The limits are generous: quadratic work would take minutes.
  describe("of 100,000", { tags: ["slow"] }, () => {
    const COUNT = 100_000;

    it("are parked, cancelled from the middle, woken and gone in little time", { timeout: 20_000 }, () =>
      onVirtualTime(async () => {
        const lock = new Lock();
        await lock.acquire();
        let served = 0;
        const tasks = Array.from({ length: COUNT }, () =>
          createTask(async () => {
            await lock.acquire();
            served += 1;
            lock.release();
          }),
        );
        await sleep(0);
        const middle = tasks.slice(COUNT / 4, (3 * COUNT) / 4);
        for (const task of middle.toReversed()) task.cancel();
        lock.release();
        await tasks.at(-1);
        expect([served, middle.every((task) => task.cancelled())]).toEqual([COUNT / 2, true]);
        expect(lock.statistics()).toEqual({ locked: false, waiters: [] });
      }),
    );

    it(
      "who are all cancelled in one turn are not looked through by each that comes",
      { timeout: 20_000 },
      () =>
        onVirtualTime(async () => {
          const semaphore = new Semaphore(0);
          const tasks = Array.from({ length: COUNT }, () => createTask(() => semaphore.acquire()));
          await sleep(0);
          for (const task of tasks) task.cancel();
          for (let count = 0; count < COUNT; count += 1) semaphore.release();
          for (let count = 0; count < COUNT; count += 1) await semaphore.acquire();
          expect(semaphore.locked()).toBe(true);
        }),
    );

    it("come and go, and nobody is left in the list of those who wait", { timeout: 20_000 }, () =>
      onVirtualTime(async () => {
        const queue = new Queue<number>(1);
        const consumer = createTask(async () => {
          let sum = 0;
          for await (const item of queue) sum += item;
          return sum;
        });
        for (let item = 0; item < COUNT; item += 1) await queue.put(1);
        queue.shutdown();
        expect(await consumer).toBe(COUNT);
        expect([queue.statistics().getters, queue.statistics().putters]).toEqual([[], []]);
      }),
    );
  });
});

describe("a primitive belongs to the loop on which it was first waited for", () => {
  const cases: [name: string, make: () => [first: () => Promise<unknown>, second: () => Promise<unknown>]][] =
    [
      [
        "Lock",
        () => {
          const lock = new Lock();
          void lock.acquire();
          return [() => lock.acquire(), () => lock.acquire()];
        },
      ],
      [
        "Semaphore",
        () => {
          const semaphore = new Semaphore(0);
          return [() => semaphore.acquire(), () => semaphore.acquire()];
        },
      ],
      [
        "Event",
        () => {
          const event = new Event();
          return [() => event.wait(), () => event.wait()];
        },
      ],
      [
        "Condition",
        () => {
          const condition = new Condition();
          const wait = async () => {
            if (!condition.locked()) await condition.acquire();
            await condition.wait();
          };
          return [wait, wait];
        },
      ],
      [
        "Barrier",
        () => {
          const barrier = new Barrier(3);
          return [() => barrier.wait(), () => barrier.wait()];
        },
      ],
      [
        "Queue, also a getter beside a putter",
        () => {
          const queue = new Queue<number>(1);
          return [
            () => queue.get(),
            async () => {
              queue.putNowait(1);
              await queue.put(2);
            },
          ];
        },
      ],
      [
        "CapacityLimiter",
        () => {
          const limiter = new CapacityLimiter(1);
          void limiter.acquireOnBehalfOf("somebody");
          return [() => limiter.acquire(), () => limiter.acquire()];
        },
      ],
      [
        "RWLock",
        () => {
          const lock = new RWLock();
          void lock.acquireWrite();
          return [() => lock.acquireRead(), () => lock.acquireWrite()];
        },
      ],
      [
        "RateLimiter, whose time it goes by, also without waiting",
        () => {
          const limiter = new RateLimiter(10, 1000);
          return [() => limiter.acquire(), () => limiter.acquire()];
        },
      ],
    ];

  it.each(cases)("%s", async (_name, make) => {
    const [first, second] = make();
    const loop = virtualLoop();
    void createTask(first, { loop });
    await loop.runUntilIdle();
    const error = await errorOf(run(() => second(), { loop: virtualLoop() }));
    expect(error).toBeInstanceOf(UsageError);
    expect(error.message).toMatch(/^<\w+ .*> belongs to another event loop/);
    loop.close();
  });

  it("and to none as long as nobody has had to wait", async () => {
    const lock = new Lock();
    for (let round = 0; round < 2; round += 1) {
      await onVirtualTime(async () => {
        using guard = await lock.acquire();
        expect(guard).toBeDefined();
      });
    }
    expect(new HomeLoop(lock).loop).toBeNull();
  });

  it("and to the default loop outside of tasks", async () => {
    const home = new HomeLoop(new Lock());
    expect([home.enter(), home.loop]).toEqual([getEventLoop(), getEventLoop()]);
    expect(home.loop).toBeInstanceOf(EventLoop);
  });
});
