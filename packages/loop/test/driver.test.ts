import type { Job } from "@async/futures/port";
import { serve } from "@async/test-kit";
import { describe, expect, it } from "vitest";

import { VirtualClock } from "../src/clock.ts";
import { Driver } from "../src/driver.ts";
import { EventLoop } from "../src/index.ts";
import { FifoQueue } from "../src/ready-queue.ts";
import { TimerHeap } from "../src/timer-heap.ts";

/** A driver whose run ends as soon as it is idle, unless `onIdle` does something else. */
function stage(onIdle: (driver: Driver) => void = (driver) => driver.stop()) {
  const ready = new FifoQueue();
  const events: string[] = [];
  let end = () => {};
  const driver = new Driver(ready, new TimerHeap(), new VirtualClock(), {
    idle: () => {
      events.push("idle");
      onIdle(driver);
    },
    stopped: () => end(),
    jobFailed: (description, error) => events.push(`${description} failed: ${String(error)}`),
    jobEnded: (description) => events.push(`${description} ended`),
  });
  const add = (name: string, run: () => boolean) => {
    const job: Job = { next: null, run, describe: () => name };
    ready.push(job);
  };
  const run = () =>
    new Promise<void>((resolve) => {
      end = resolve;
      driver.start();
    });
  return { driver, events, add, run };
}

describe("the driver", () => {
  it("drains the microtasks after a job that may have woken something, and only then", async () => {
    const { events, add, run } = stage();
    const job = (name: string, hasWoken: boolean) =>
      add(name, () => {
        events.push(name);
        void Promise.resolve().then(() => events.push(`microtask of ${name}`));
        return hasWoken;
      });
    job("a", true);
    job("b", false);
    job("c", true);
    await run();
    expect(events).toEqual(["a", "microtask of a", "b", "c", "microtask of b", "microtask of c", "idle"]);
  });

  it("goes on after a job that throws, and tells of it", async () => {
    const { events, add, run } = stage();
    add("faulty", () => {
      throw new Error("boom");
    });
    add("next", () => events.push("next") > 0);
    await run();
    expect(events).toEqual(["faulty failed: Error: boom", "next", "idle"]);
  });

  it("tells of the end of each job in debug mode, after its microtasks", async () => {
    const { driver, events, add, run } = stage();
    driver.debug = true;
    add("a", () => {
      void Promise.resolve().then(() => events.push("microtask of a"));
      return true;
    });
    add("b", () => false);
    await run();
    expect(events).toEqual(["microtask of a", "a ended", "b ended", "idle"]);
  });

  it("says whether it runs", async () => {
    const { driver, run } = stage();
    const running = run();
    const log = [driver.running];
    await running;
    log.push(driver.running);
    expect(log).toEqual([true, false]);
  });
});

describe("a batch of many ready jobs", () => {
  const MANY = 300;
  /** What each job logs: itself, and the last of a row of microtasks that follow from it. */
  const inOrder = Array.from({ length: MANY }, (_, index) => [`job ${index}`, `end of ${index}`]).flat();

  /** Adds jobs that log as `inOrder` says; `work` is what they do besides. */
  function addMany({ events, add }: ReturnType<typeof stage>, work: (index: number) => void): void {
    for (let index = 0; index < MANY; index += 1) {
      add(`job ${index}`, () => {
        events.push(`job ${index}`);
        work(index);
        const wake = async () => {
          for (let turn = 0; turn < 5; turn += 1) await Promise.resolve();
          events.push(`end of ${index}`);
        };
        void wake();
        return true;
      });
    }
  }

  it("drains the microtasks and ticks of each job before the next one", async () => {
    const driven = stage();
    addMany(driven, (index) => {
      if (index === 7) process.nextTick(() => driven.events.push("tick"));
    });
    await driven.run();
    const expected = inOrder.toSpliced(inOrder.indexOf("end of 7"), 0, "tick");
    expect(driven.events).toEqual([...expected, "idle"]);
  });

  it("is given up when the I/O budget is spent, and no job runs twice or out of order", async () => {
    const driven = stage();
    const jobsAtHostTurns: number[] = [];
    const count = () => {
      jobsAtHostTurns.push(driven.events.filter((event) => event.startsWith("job")).length);
      if (driven.driver.running) setImmediate(count);
    };
    addMany(driven, (index) => {
      if (index === 0) setImmediate(count);
      if (index < 20) for (const start = performance.now(); performance.now() - start < 1;);
    });
    await driven.run();
    expect(driven.events).toEqual([...inOrder, "idle"]);
    // Each of the long jobs spends the budget by itself: the host has its turn after every one.
    expect(jobsAtHostTurns.slice(0, 19)).toEqual(Array.from({ length: 19 }, (_, index) => index + 1));
  });

  it("leaves nothing behind when the last jobs wake nobody and the loop falls asleep", async () => {
    const { events, add, run } = stage((driver) => {
      setImmediate(() => setImmediate(() => driver.stop()));
    });
    for (let index = 0; index < MANY; index += 1) add("quiet", () => index % 64 === 0);
    await run();
    expect(events).toEqual(["idle"]);
  });
});

describe("I/O goes on", () => {
  /** Counts how often the host gets to its I/O until the promise settles. */
  async function hostTurnsDuring(run: Promise<unknown>): Promise<number> {
    let turns = 0;
    let isOver = false;
    const count = () => {
      turns += 1;
      if (!isOver) setImmediate(count);
    };
    setImmediate(count);
    await run;
    isOver = true;
    return turns;
  }

  it("within one long turn, which stays in order", { tags: ["slow"] }, async () => {
    const loop = new EventLoop();
    const order: number[] = [];
    for (let index = 0; index < 100_000; index += 1) loop.callSoon((value) => order.push(value), index);
    const inOrder = Array.from({ length: 100_000 }, (_, index) => index);
    expect(await hostTurnsDuring(loop.runUntilIdle())).toBeGreaterThan(5);
    expect(order).toEqual(inOrder);
  });

  it("while callbacks reschedule themselves without end", async () => {
    const loop = new EventLoop();
    const spin = () => loop.callSoon(spin);
    loop.callSoon(spin);
    const run = loop.runForever();
    let turns = 0;
    const count = () => {
      turns += 1;
      if (turns < 100) setImmediate(count);
      else loop.stop();
    };
    setImmediate(count);
    await run;
    loop.close();
    expect(turns).toBe(100);
  });

  it("when each callback takes longer than the budget", async () => {
    const loop = new EventLoop();
    for (let index = 0; index < 10; index += 1) {
      loop.callSoon(() => {
        const end = performance.now() + 1.5;
        while (performance.now() < end);
      });
    }
    expect(await hostTurnsDuring(loop.runUntilIdle())).toBeGreaterThan(5);
  });

  it(
    "so that 100 HTTP requests are served while 10,000 callbacks reschedule themselves without pause",
    { tags: ["slow"] },
    async () => {
      const loop = new EventLoop();
      await using server = await serve((request, response) => response.end(`answer to ${request.url!}`));
      let isServed = false;
      let callbacks = 0;
      const spin = () => {
        callbacks += 1;
        if (!isServed) loop.callSoon(spin);
      };
      for (let chain = 0; chain < 10_000; chain += 1) loop.callSoon(spin);
      const requests = Array.from({ length: 100 }, async (_, index) => {
        const response = await fetch(`${server.url}/${index}`);
        return response.text();
      });
      const answers = await loop.runUntilComplete(Promise.all(requests));
      isServed = true;
      await loop.runUntilIdle();
      expect(answers).toEqual(Array.from({ length: 100 }, (_, index) => `answer to /${index}`));
      expect(callbacks).toBeGreaterThan(20_000);
    },
  );
});
