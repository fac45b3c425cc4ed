import { Future, UsageError } from "@async/futures";
import { getRunningLoop } from "@async/loop";
import { errorOf } from "@async/test-kit";
import { describe, expect, it } from "vitest";

import { type Task, createTask, sleep, wait } from "../src/index.ts";
import { onVirtualTime } from "./on-virtual-time.ts";

const failAfter = (delay: number, message: string) =>
  createTask(
    async () => {
      await sleep(delay);
      throw new Error(message);
    },
    { name: message },
  );
const sleeper = (delay: number) => createTask(() => sleep(delay), { name: `sleeps ${delay}` });
const namesOf = (tasks: Iterable<Task>) => [...tasks].map(({ name }) => name);

describe("wait", () => {
  it("WAIT-01 gives the sets of those that are done and pending, each once, of any iterable", () =>
    onVirtualTime(async () => {
      const [a, b] = [sleeper(1), sleeper(2)];
      const { done, pending } = await wait([a, b, a, b].values());
      expect([done, pending]).toEqual([new Set([a, b]), new Set()]);
    }));

  it("WAIT-02 refuses an empty list", async () => {
    expect(await errorOf(wait([]))).toEqual(
      new UsageError("wait: the list of futures is empty; there is nothing to wait for"),
    );
  });

  it("WAIT-02 refuses an unknown returnWhen and names those that there are", () =>
    onVirtualTime(async () => {
      expect(await errorOf(wait([new Future()], { returnWhen: "LAST_COMPLETED" as never }))).toEqual(
        new UsageError(
          "wait: returnWhen is 'LAST_COMPLETED'; use ALL_COMPLETED, FIRST_COMPLETED, FIRST_EXCEPTION",
        ),
      );
    }));

  it("WAIT-02 refuses a single future", () =>
    onVirtualTime(async () => {
      const error = await errorOf(wait(new Future() as never));
      expect(error).toEqual(
        new TypeError("wait takes an iterable of futures, got <Future pending>; put it into [ ]"),
      );
    }));

  it("WAIT-02 refuses a bare function and a promise", () =>
    onVirtualTime(async () => {
      for (const bare of [async () => 1, Promise.resolve(1)]) {
        const error = await errorOf(wait([bare as never]));
        expect(error).toBeInstanceOf(TypeError);
        expect(error.message).toMatch(/^wait takes futures, got .*; make a task of it with createTask$/);
      }
    }));

  it("refuses a timeout that is NaN or no number", () =>
    onVirtualTime(async () => {
      const future = new Future();
      expect(await errorOf(wait([future], { timeout: NaN }))).toBeInstanceOf(UsageError);
      expect(await errorOf(wait([future], { timeout: "1" as never }))).toBeInstanceOf(TypeError);
    }));

  it("WAIT-03 with FIRST_COMPLETED returns as soon as one is done and leaves the rest running", () =>
    onVirtualTime(async () => {
      const loop = getRunningLoop();
      const tasks = [sleeper(5), sleeper(1), sleeper(1)];
      const { done, pending } = await wait(tasks, { returnWhen: "FIRST_COMPLETED" });
      const log = [[namesOf(done), namesOf(pending), loop.time()]];
      await wait(pending);
      log.push([namesOf(tasks.filter((task) => task.cancelled())), [], loop.time()]);
      expect(log).toEqual([
        [["sleeps 1", "sleeps 1"], ["sleeps 5"], 1],
        [[], [], 5],
      ]);
    }));

  it("WAIT-05 with FIRST_EXCEPTION returns on the first failure", () =>
    onVirtualTime(async () => {
      const { done, pending } = await wait([sleeper(1), failAfter(2, "fails"), sleeper(100)], {
        returnWhen: "FIRST_EXCEPTION",
      });
      expect([namesOf(done), namesOf(pending), getRunningLoop().time()]).toEqual([
        ["sleeps 1", "fails"],
        ["sleeps 100"],
        2,
      ]);
    }));

  it("WAIT-05 with FIRST_EXCEPTION returns on a failure that happened before", () =>
    onVirtualTime(async () => {
      const failed = failAfter(1, "failed");
      await sleep(5);
      const { pending } = await wait([failed, sleeper(100)], { returnWhen: "FIRST_EXCEPTION" });
      expect([namesOf(pending), getRunningLoop().time()]).toEqual([["sleeps 100"], 5]);
    }));

  it("WAIT-05 with FIRST_EXCEPTION a cancelled one is no exception", () =>
    onVirtualTime(async () => {
      const cancelled = sleeper(100);
      cancelled.cancel();
      const { done } = await wait([cancelled, sleeper(10)], { returnWhen: "FIRST_EXCEPTION" });
      expect([namesOf(done), getRunningLoop().time()]).toEqual([["sleeps 100", "sleeps 10"], 10]);
    }));

  it("WAIT-06 a timeout neither throws nor cancels", () =>
    onVirtualTime(async () => {
      const slow = sleeper(100);
      const { done, pending } = await wait([sleeper(1), slow], { timeout: 10 });
      await slow;
      expect([namesOf(done), namesOf(pending), slow.cancelled()]).toEqual([
        ["sleeps 1"],
        ["sleeps 100"],
        false,
      ]);
    }));

  it("WAIT-07 one that ends at the very instant of the timeout is done, a later one pending", () =>
    onVirtualTime(async () => {
      const tasks = [sleeper(10), sleeper(11)];
      await sleep(0);
      const { done, pending } = await wait(tasks, { timeout: 10 });
      expect([namesOf(done), namesOf(pending)]).toEqual([["sleeps 10"], ["sleeps 11"]]);
    }));

  it("WAIT-08 cancelling the waiter leaves the tasks running, and no callback on them", () =>
    onVirtualTime(async () => {
      const task = sleeper(10);
      const before = String(task);
      const waiter = createTask(() => wait([task]));
      await sleep(0);
      waiter.cancel();
      await errorOf(waiter);
      expect([waiter.cancelled(), task.done()]).toEqual([true, false]);
      expect(String(task)).not.toContain("cb=");
      expect(before).toBe("<Task pending name='sleeps 10'>");
      await task;
    }));

  it("does not look at the exceptions: whoever gets the sets does", () =>
    onVirtualTime(async () => {
      const { done } = await wait([failAfter(1, "unseen")]);
      expect([...done].map((task) => task.exception())).toEqual([new Error("unseen")]);
    }));
});
