import { UsageError } from "@async/futures";
import { createTask, gather, sleep } from "@async/task";
import { errorOf, thrownBy } from "@async/test-kit";
import { describe, expect, it } from "vitest";

import { CapacityLimiter } from "../src/index.ts";
import { onVirtualTime } from "./on-virtual-time.ts";

describe("CapacityLimiter", () => {
  it("lends so many tokens at a time, and serves waiters in the order in which they came", () =>
    onVirtualTime(async () => {
      const limiter = new CapacityLimiter(2);
      const log: string[] = [];
      const worker = async (name: string) => {
        using token = await limiter.acquire();
        log.push(`${name} in`);
        await sleep(1);
        log.push(`${name} out`);
        expect(token).toBeDefined();
      };
      await gather(["a", "b", "c"].map((name) => () => worker(name)));
      expect(log).toEqual(["a in", "b in", "a out", "b out", "c in", "c out"]);
    }));

  it("lends no second token to a borrower that has one", () =>
    onVirtualTime(async () => {
      const limiter = new CapacityLimiter(5);
      await limiter.acquire();
      expect(await errorOf(limiter.acquire())).toBeInstanceOf(UsageError);
      await limiter.acquireOnBehalfOf("a connection");
      const error = await errorOf(limiter.acquireOnBehalfOf("a connection"));
      expect([error instanceof UsageError, limiter.borrowedTokens]).toEqual([true, 2]);
    }));

  it("lets no borrower wait twice, and lets it ask again when it has given up", () =>
    onVirtualTime(async () => {
      const limiter = new CapacityLimiter(1);
      const holder = await limiter.acquire();
      const waiter = createTask(() => limiter.acquireOnBehalfOf("impatient"));
      await sleep(0);
      const refused = await errorOf(limiter.acquireOnBehalfOf("impatient"));
      waiter.cancel();
      await errorOf(waiter);
      const again = createTask(() => limiter.acquireOnBehalfOf("impatient"));
      await sleep(0);
      holder.release();
      await again;
      expect([refused instanceof UsageError, limiter.statistics().borrowers]).toEqual([true, ["impatient"]]);
    }));

  it("passes the token on that it lent to a borrower which was then cancelled", () =>
    onVirtualTime(async () => {
      const limiter = new CapacityLimiter(1);
      const holder = await limiter.acquire();
      const [first, second] = ["first", "second"].map((name) =>
        createTask(() => limiter.acquireOnBehalfOf(name)),
      );
      await sleep(0);
      holder.release();
      first?.cancel();
      await second;
      expect([first?.cancelled(), limiter.statistics().borrowers]).toEqual([true, ["second"]]);
    }));

  it("gives waiters their tokens when it is made larger", () =>
    onVirtualTime(async () => {
      const limiter = new CapacityLimiter(1);
      const tasks = ["a", "b", "c"].map((name) => createTask(() => limiter.acquireOnBehalfOf(name)));
      await sleep(0);
      limiter.totalTokens = 2;
      await sleep(0);
      expect(tasks.map((task) => task.done())).toEqual([true, true, false]);
    }));

  it("takes nothing away when it is made smaller, and lends again when enough came back", () =>
    onVirtualTime(async () => {
      const limiter = new CapacityLimiter(3);
      const guards = [];
      for (const name of ["a", "b", "c"]) guards.push(await limiter.acquireOnBehalfOf(name));
      limiter.totalTokens = 1;
      const waiter = createTask(() => limiter.acquireOnBehalfOf("d"));
      const seen: unknown[] = [limiter.availableTokens];
      for (const guard of guards) {
        guard.release();
        await sleep(0);
        seen.push(waiter.done());
      }
      expect(seen).toEqual([-2, false, false, true]);
    }));

  it("lends to each call by itself outside of tasks", async () => {
    const limiter = new CapacityLimiter(2);
    const guards = [await limiter.acquire(), await limiter.acquire()];
    const borrowed = limiter.borrowedTokens;
    for (const guard of guards) guard.release();
    expect([borrowed, limiter.borrowedTokens]).toEqual([2, 0]);
    expect(thrownBy(() => limiter.release())).toBeInstanceOf(UsageError);
  });

  it("refuses to take back what was not lent", () =>
    onVirtualTime(async () => {
      const limiter = new CapacityLimiter(1);
      expect((thrownBy(() => limiter.release()) as Error).message).toMatch(/^Task '.*' has no token/);
      expect(thrownBy(() => limiter.releaseOnBehalfOf("nobody"))).toBeInstanceOf(UsageError);
      await limiter.acquire();
      limiter.release();
      expect(limiter.borrowedTokens).toBe(0);
    }));

  it("is not taken from a later loan by the guard of an earlier one", () =>
    onVirtualTime(async () => {
      const limiter = new CapacityLimiter(1);
      const early = await limiter.acquire();
      limiter.release();
      await limiter.acquire();
      early.release();
      expect(limiter.borrowedTokens).toBe(1);
    }));

  it("refuses totals that are no whole number from 1 on, and no borrower at all", async () => {
    for (const total of [0, -1, 1.5, NaN])
      expect(thrownBy(() => new CapacityLimiter(total))).toBeInstanceOf(UsageError);
    expect(thrownBy(() => new CapacityLimiter("1" as never))).toBeInstanceOf(TypeError);
    const limiter = new CapacityLimiter(Infinity);
    expect(thrownBy(() => (limiter.totalTokens = NaN))).toBeInstanceOf(UsageError);
    for (const nobody of [null, undefined])
      expect(await errorOf(limiter.acquireOnBehalfOf(nobody))).toBeInstanceOf(UsageError);
    expect(limiter.statistics()).toMatchObject({ totalTokens: Infinity, borrowedTokens: 0 });
  });

  it("shows who has a token and who waits for one, and says in its text how many", () =>
    onVirtualTime(async (task) => {
      const limiter = new CapacityLimiter(1);
      await limiter.acquire();
      void createTask(() => limiter.acquire(), { name: "next" });
      await sleep(6);
      const statistics = limiter.statistics();
      expect({ ...statistics, borrowers: statistics.borrowers[0] === task }).toEqual({
        totalTokens: 1,
        borrowedTokens: 1,
        borrowers: true,
        waiters: [{ task: "next", waitedFor: 6 }],
      });
      expect(String(limiter)).toBe("<CapacityLimiter borrowed=1/1 waiters=1>");
    }));
});
