import { UsageError } from "@async/futures";
import { getRunningLoop } from "@async/loop";
import { createTask, gather, sleep } from "@async/task";
import { errorOf, thrownBy } from "@async/test-kit";
import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { RateLimiter } from "../src/index.ts";
import { onVirtualTime } from "./on-virtual-time.ts";

describe("RateLimiter", () => {
  it("lets so many go at once, and the next ones an interval later", () =>
    onVirtualTime(async () => {
      const limiter = new RateLimiter(2, 1000);
      const times = await gather(
        Array.from({ length: 5 }, () => async () => {
          await limiter.acquire();
          return getRunningLoop().time();
        }),
      );
      expect(times).toEqual([0, 0, 1000, 1000, 2000]);
    }));

  it("lets no more go in any span shorter than the interval, whenever they come", () =>
    fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 4 }),
        fc.array(fc.record({ pause: fc.nat(30), cancelAfter: fc.option(fc.nat(30)) }), { maxLength: 30 }),
        async (limit, visitors) => {
          const interval = 20;
          const went: number[] = [];
          await onVirtualTime(async () => {
            const limiter = new RateLimiter(limit, interval);
            const tasks = [];
            for (const { pause, cancelAfter } of visitors) {
              await sleep(pause / 2);
              const task = createTask(async () => {
                await limiter.acquire();
                went.push(getRunningLoop().time());
              });
              tasks.push(task);
              if (cancelAfter !== null) getRunningLoop().callLater(cancelAfter, () => task.cancel());
            }
            await gather(tasks, { returnExceptions: true });
            expect(limiter.statistics().waiters).toEqual([]);
          });
          for (const [index, time] of went.slice(limit).entries())
            expect(time - went[index]!).toBeGreaterThanOrEqual(interval);
        },
      ),
      { numRuns: 50 },
    ));

  it("counts from the moment when each one went, not from fixed edges", () =>
    onVirtualTime(async () => {
      const limiter = new RateLimiter(2, 1000);
      const times: number[] = [];
      await limiter.acquire();
      await sleep(900);
      for (let count = 0; count < 3; count += 1) {
        await limiter.acquire();
        times.push(getRunningLoop().time());
      }
      expect(times).toEqual([900, 1000, 1900]);
    }));

  it("serves waiters in the order in which they came: a newcomer does not jump the queue", () =>
    onVirtualTime(async () => {
      const limiter = new RateLimiter(1, 100);
      const log: string[] = [];
      const go = async (name: string) => {
        await limiter.acquire();
        log.push(`${name} at ${getRunningLoop().time()}`);
      };
      const tasks = ["a"].map((name) => createTask(() => go(name), { eager: true }));
      // Set before the limiter's own timer for the same time, so it runs right before that.
      getRunningLoop().callLater(100, () => {
        tasks.push(createTask(() => go("newcomer"), { eager: true }));
      });
      tasks.push(...["b", "c"].map((name) => createTask(() => go(name))));
      await sleep(150);
      await gather(tasks);
      expect(log).toEqual(["a at 0", "b at 100", "c at 200", "newcomer at 300"]);
    }));

  it("does not count a waiter that is cancelled", () =>
    onVirtualTime(async () => {
      const limiter = new RateLimiter(1, 100);
      await limiter.acquire();
      const [first, second] = [createTask(() => limiter.acquire()), createTask(() => limiter.acquire())];
      await sleep(10);
      first.cancel();
      await second;
      expect(getRunningLoop().time()).toBe(100);
    }));

  it("passes the place of a waiter on that is cancelled between its wake-up and its turn", () =>
    onVirtualTime(async () => {
      const limiter = new RateLimiter(1, 100);
      await limiter.acquire();
      const loop = getRunningLoop();
      const [first, second] = [createTask(() => limiter.acquire()), createTask(() => limiter.acquire())];
      await sleep(0);
      // Set after the limiter's own timer for the same time, so it runs right behind that.
      loop.callLater(100, () => first.cancel());
      await second;
      expect([first.cancelled(), loop.time(), limiter.statistics().used]).toEqual([true, 100, 1]);
    }));

  it("leaves no timer behind when nobody waits any more", () =>
    onVirtualTime(async () => {
      const limiter = new RateLimiter(1, 1_000_000);
      await limiter.acquire();
      const waiter = createTask(() => limiter.acquire());
      await sleep(0);
      const during = getRunningLoop().statistics().timers;
      waiter.cancel();
      await errorOf(waiter);
      expect([during, getRunningLoop().statistics().timers]).toEqual([1, 0]);
    }));

  it("remembers no more than the limit", () =>
    onVirtualTime(async () => {
      const limiter = new RateLimiter(3, 10);
      let most = 0;
      for (let count = 0; count < 100; count += 1) {
        await limiter.acquire();
        most = Math.max(most, limiter.statistics().used);
      }
      await sleep(10);
      expect([most, limiter.statistics().used]).toEqual([3, 0]);
    }));

  it("refuses a limit or an interval that means nothing", () => {
    for (const [limit, interval] of [
      [0, 1],
      [1.5, 1],
      [NaN, 1],
      [1, 0],
      [1, -1],
      [1, NaN],
      [1, Infinity],
    ] as const)
      expect(thrownBy(() => new RateLimiter(limit, interval))).toBeInstanceOf(UsageError);
    expect(thrownBy(() => new RateLimiter("5" as never, 1))).toBeInstanceOf(TypeError);
    expect(thrownBy(() => new RateLimiter(5, undefined as never))).toBeInstanceOf(TypeError);
  });

  it("shows who waits, and says in its text how many went", () =>
    onVirtualTime(async () => {
      const limiter = new RateLimiter(1, 100);
      const unused = String(limiter);
      await limiter.acquire();
      void createTask(() => limiter.acquire(), { name: "eager" });
      await sleep(30);
      expect(limiter.statistics()).toEqual({
        limit: 1,
        interval: 100,
        used: 1,
        waiters: [{ task: "eager", waitedFor: 30 }],
      });
      expect([unused, String(limiter)]).toEqual([
        "<RateLimiter used=0/1 interval=100>",
        "<RateLimiter used=1/1 interval=100 waiters=1>",
      ]);
    }));
});
