/** A cancellation on its way: through long chains, in circles, and through what stands between a task and the future that it waits for. */
import { Future, isCancelled } from "@async/futures";
import { errorOf } from "@async/test-kit";
import { describe, expect, it } from "vitest";

import { type Task, TaskGroup, createTask, gather, shield, sleep, timeout, waitFor } from "../src/index.ts";
import { onVirtualTime } from "./on-virtual-time.ts";

describe("a cancellation", () => {
  it("goes down a chain of 100,000 tasks that await each other", { tags: ["slow"] }, () =>
    onVirtualTime(async () => {
      let last: Future = new Future();
      const first = last;
      for (let length = 0; length < 100_000; length += 1) {
        const inner = last;
        last = createTask(async () => await inner);
      }
      await sleep(0);
      last.cancel();
      await errorOf(last);
      expect([first.cancelled(), last.cancelled()]).toEqual([true, true]);
    }),
  );

  it("goes down a chain of 10,000 gathers", () =>
    onVirtualTime(async () => {
      const first = new Future();
      let last: Future = first;
      for (let length = 0; length < 10_000; length += 1) last = gather([last]);
      last.cancel();
      expect(isCancelled(await errorOf(last))).toBe(true);
      expect(first.cancelled()).toBe(true);
    }));

  it.each([
    ["Promise.all", (futures: Future[]) => Promise.all(futures)],
    ["Promise.race", (futures: Future[]) => Promise.race(futures)],
    ["Promise.allSettled", (futures: Future[]) => Promise.allSettled(futures)],
  ])("reaches the futures in a %s of the task", (_, combine) =>
    onVirtualTime(async () => {
      const futures = [new Future(), new Future()];
      const task = createTask(() => combine(futures));
      await sleep(0);
      task.cancel();
      await Promise.allSettled([task]);
      expect(futures.map((future) => future.cancelled())).toEqual([true, true]);
    }),
  );

  it("runs the clean-up of an async generator", () =>
    onVirtualTime(async () => {
      const log: string[] = [];
      async function* ticks() {
        try {
          for (;;) {
            await sleep(10);
            yield "tick";
          }
        } finally {
          await sleep(5);
          log.push("generator cleaned up");
        }
      }
      const task = createTask(async () => {
        for await (const tick of ticks()) log.push(tick);
      });
      await sleep(25);
      task.cancel();
      await errorOf(task);
      expect(log).toEqual(["tick", "tick", "generator cleaned up"]);
    }));

  it("ends two tasks that await each other", () =>
    onVirtualTime(async () => {
      const left: Task = createTask(async () => await right);
      const right: Task = createTask(async () => await left);
      await sleep(0);
      left.cancel();
      await sleep(1);
      expect([left.cancelled(), right.cancelled()]).toEqual([true, true]);
    }));

  it("ends a circle of tasks that goes through a gather", () =>
    onVirtualTime(async () => {
      const inner: Task = createTask(async () => await outer);
      const outer: Task = createTask(async () => await gather([inner, () => sleep(100)]));
      await sleep(0);
      outer.cancel();
      await sleep(1);
      expect([inner.cancelled(), outer.cancelled()]).toEqual([true, true]);
    }));

  it("ends a circle of tasks and gathers alone", () =>
    onVirtualTime(async () => {
      const inner: Task = createTask(async () => await outer);
      const outer: Task = createTask(async () => await gather([inner, gather([inner])]));
      await sleep(0);
      outer.cancel();
      await sleep(1);
      expect([inner.cancelled(), outer.cancelled()]).toEqual([true, true]);
    }));

  it("ends a circle of tasks that goes through a timeout and a group", () =>
    onVirtualTime(async () => {
      const inner: Task = createTask(() => TaskGroup.run(async () => await outer));
      const outer: Task = createTask(() => timeout(1e6, async () => await inner));
      await sleep(0);
      inner.cancel();
      await sleep(1);
      expect([inner.cancelled(), outer.cancelled()]).toEqual([true, true]);
    }));

  it("goes through whatever lies between the task and what it waits for, and ends at a shield", () =>
    onVirtualTime(async () => {
      const [reached, shielded] = [new Future(), new Future()];
      const task = createTask(() =>
        timeout(null, () => TaskGroup.run(() => waitFor(() => gather([reached, shield(shielded)]), 1e6))),
      );
      await sleep(0);
      task.cancel();
      await errorOf(task);
      expect([reached.cancelled(), shielded.done()]).toEqual([true, false]);
    }));

  it("that a future refuses, for it runs elsewhere, is thrown at the next await", () =>
    onVirtualTime(async () => {
      const log: string[] = [];
      const call = new Future<string>();
      call.setRunningOrNotifyCancel();
      const task = createTask(async () => {
        log.push(await call);
        await sleep(1);
        log.push("not reached");
      });
      await sleep(0);
      task.cancel();
      call.setResult("result");
      await errorOf(task);
      expect([log, task.cancelled()]).toEqual([[], true]);
    }));
});
