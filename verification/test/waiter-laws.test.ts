/** All that waits keeps the laws of waiting, and keeps nothing of those who have waited. */
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";

import { Event, RateLimiter } from "@async/sync";
import { createTask, sleep } from "@async/task";
import { type MakeWaiter, runVirtual, waiterLaws } from "@async/testing";
import { describe, expect, it } from "vitest";

import { WAITERS } from "./waiters-under-test.ts";

setFlagsFromString("--expose-gc");
const collectGarbage = runInNewContext("gc") as () => void;

describe.each(WAITERS)("$name", { tags: ["slow"] }, ({ make, options }) => {
  waiterLaws(make, { describe, it }, { schedules: 100, ...options });
});

/** Those of whom time or an event lets all pass grow as little. */
const OTHERS: readonly { readonly name: string; readonly make: MakeWaiter }[] = [
  {
    name: "Event",
    make() {
      const event = new Event();
      const wake = (): void => {
        event.set();
        event.clear();
      };
      return { wait: () => event.wait(), wake };
    },
  },
  {
    name: "RateLimiter",
    async make() {
      const limiter = new RateLimiter(1, 1);
      await limiter.acquire();
      return { wait: () => limiter.acquire(), wake: () => sleep(1) };
    },
  },
];

describe.each([...WAITERS, ...OTHERS])("$name", { tags: ["slow"] }, ({ make }) => {
  it("is no larger after thousands have waited, passed or been cancelled", async () => {
    const grown = await runVirtual(async () => {
      const subject = await make();
      const wait = async (): Promise<void> => {
        await subject.wait();
      };
      const comeAndGo = async (times: number): Promise<void> => {
        for (let time = 0; time < times; time += 1) {
          const [given, kept] = [createTask(wait), createTask(wait)];
          await sleep(0);
          given.cancel();
          await subject.wake();
          await kept;
        }
      };
      await comeAndGo(TIMES); // What is optimised and cached, is now.
      const before = heapUsed();
      await comeAndGo(TIMES);
      return heapUsed() - before;
    });
    expect(grown / TIMES).toBeLessThan(WAITER);
  });
});

const TIMES = 6000;
/** Bytes, fewer than a waiter has. Each time two have waited. */
const WAITER = 70;

/** Bytes. */
function heapUsed(): number {
  collectGarbage();
  return process.memoryUsage().heapUsed;
}
