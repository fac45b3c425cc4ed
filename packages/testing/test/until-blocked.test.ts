import { readFile } from "node:fs/promises";

import { Future, UsageError, isCancelled } from "@async/futures";
import { getRunningLoop } from "@async/loop";
import { createTask, gather, run, sleep } from "@async/task";
import { errorOf } from "@async/test-kit";
import { describe, expect, it } from "vitest";

import { advance, runVirtual, untilBlocked } from "../src/index.ts";

const time = () => getRunningLoop().time();

describe("untilBlocked", () => {
  it("resolves when every other task is blocked, however many turns that takes, and no time passes", () =>
    runVirtual(async () => {
      const log: string[] = [];
      const busy = async (turns: number) => {
        for (let turn = 0; turn < turns; turn += 1) await sleep(0);
        log.push(`${turns} turns`);
        await sleep(10);
        log.push("later");
      };
      const tasks = [5, 50].map((turns) => createTask(() => busy(turns)));
      await untilBlocked();
      log.push(`blocked at ${time()}`);
      await gather(tasks);
      expect(log).toEqual(["5 turns", "50 turns", "blocked at 0", "later", "later"]);
    }));

  it("waits for the host as well", () =>
    runVirtual(async () => {
      const task = createTask(async () => (await readFile(import.meta.filename)).length);
      await untilBlocked();
      expect(task.done()).toBe(true);
    }));

  it("wakes those who wait for it together", () =>
    runVirtual(async () => {
      const log: string[] = [];
      const wait = async (name: string) => {
        await untilBlocked();
        log.push(name);
        await sleep(0);
        log.push(name);
      };
      await gather([() => wait("a"), () => wait("b")]);
      expect(log).toEqual(["a", "b", "a", "b"]);
    }));

  it("resolves where nothing else will ever happen", () =>
    runVirtual(async () => {
      const never = createTask(() => new Future());
      await untilBlocked();
      expect([never.done(), never.cancel()]).toEqual([false, true]);
    }));

  it("can be cancelled, and the others that wait for it go on", () =>
    runVirtual(async () => {
      const tasks = [1, 2].map(() => createTask(() => untilBlocked()));
      await sleep(0);
      tasks[0]!.cancel();
      const [first] = await gather(tasks, { returnExceptions: true });
      expect([isCancelled(first), tasks[1]!.cancelled()]).toEqual([true, false]);
    }));

  it("outside of a test run is refused", async () => {
    expect(() => untilBlocked()).toThrow(UsageError);
    expect((await errorOf(run(async () => untilBlocked()))).message).toMatch(
      /^untilBlocked works in runVirtual/,
    );
  });
});

describe("advance", () => {
  it("lets that much time pass, and everything happen that is due by then", () =>
    runVirtual(async () => {
      const log: string[] = [];
      const loop = getRunningLoop();
      const worker = createTask(async () => {
        for (const delay of [10, 10, 10]) {
          await sleep(delay);
          await sleep(0);
          log.push(`worker at ${time()}`);
        }
      });
      loop.callLater(20, () => log.push("callback at 20"));
      await advance(20);
      log.push(`advanced to ${time()}`);
      await worker;
      expect(log).toEqual([
        "worker at 10",
        "callback at 20",
        "worker at 20",
        "advanced to 20",
        "worker at 30",
      ]);
    }));

  it("by 0 lets happen what is due now", () =>
    runVirtual(async () => {
      const task = createTask(() => sleep(0));
      await advance(0);
      expect([task.done(), time()]).toEqual([true, 0]);
    }));

  it("refuses what is no time to come", () =>
    runVirtual(async () => {
      for (const duration of [-1, NaN]) expect(await errorOf(advance(duration))).toBeInstanceOf(UsageError);
      expect(await errorOf(advance("1" as never))).toBeInstanceOf(TypeError);
    }));
});
