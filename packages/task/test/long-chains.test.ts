/** What is long, deep or wide: the work grows with the size, not with its square, and no stack is too short for it. */
import { Future, asCompleted as asCompletedOfFutures, isCancelled } from "@async/futures";
import { errorOf } from "@async/test-kit";
import { describe, expect, it } from "vitest";

import {
  type Task,
  TaskGroup,
  asCompleted,
  createTask,
  formatCallGraph,
  gather,
  sleep,
  timeout,
} from "../src/index.ts";
import { onVirtualTime } from "./on-virtual-time.ts";

type Iterate = (futures: Future<number>[]) => AsyncIterable<{ result(): number }>;

function finished(count: number): Future<number>[] {
  return Array.from({ length: count }, (_, index) => {
    const future = new Future<number>();
    future.setResult(index);
    return future;
  });
}

describe("asCompleted", { tags: ["slow"] }, () => {
  it.each<[string, Iterate]>([
    ["of this package", asCompleted],
    ["of @async/futures", asCompletedOfFutures],
  ])("%s hands out 250,000 futures that are done, in their order", { timeout: 10_000 }, (_, iterate) =>
    onVirtualTime(async () => {
      const futures = finished(250_000);
      const seen: number[] = [];
      for await (const future of iterate(futures)) seen.push(future.result());
      expect([seen.length, seen.every((value, index) => value === index)]).toEqual([250_000, true]);
    }),
  );

  it("gives the results of 250,000 futures that are done to a plain loop", { timeout: 10_000 }, () =>
    onVirtualTime(async () => {
      let sum = 0;
      for (const next of asCompleted(finished(250_000))) sum += await next;
      expect(sum).toBe((249_999 * 250_000) / 2);
    }),
  );

  it("serves 150,000 consumers that wait at once", { timeout: 8000 }, () =>
    onVirtualTime(async () => {
      const futures = Array.from({ length: 150_000 }, () => new Future<number>());
      const waiting = Promise.all([...asCompleted(futures)]);
      await sleep(0);
      for (const [index, future] of futures.entries()) future.setResult(index);
      expect((await waiting).length).toBe(150_000);
    }),
  );
});

describe("cancel", { tags: ["slow"] }, () => {
  it("reaches 150,000 open scopes of a task", () =>
    onVirtualTime(async () => {
      let reached = 0;
      const never = new Future();
      const task = createTask(async () => {
        for (let count = 0; count < 150_000; count += 1) {
          void timeout(null, () => never).catch(() => {
            reached += 1;
          });
        }
        await sleep(1000);
      });
      await sleep(1);
      expect(task.cancel()).toBe(true);
      await errorOf(task);
      await sleep(1);
      expect([reached, task.cancelled()]).toEqual([150_000, true]);
    }));

  it("reaches the innermost of 2,000 scopes that lie in each other", () =>
    onVirtualTime(async () => {
      const nest = (depth: number): Promise<unknown> =>
        depth === 0 ? sleep(1000) : timeout(null, () => sleep(0).then(() => nest(depth - 1)));
      const task = createTask(() => nest(2000));
      await sleep(1);
      task.cancel();
      await errorOf(task);
      expect(task.cancelled()).toBe(true);
    }));
});

describe("a chain of 50,000 tasks", { tags: ["slow"] }, () => {
  /** Each awaits the one before it; the first waits for ever. */
  async function chain(create: typeof createTask): Promise<Task[]> {
    const tasks: Task[] = [];
    for (let count = 0; count < 50_000; count += 1) {
      const awaited = tasks.at(-1) ?? new Future();
      tasks.push(create(async () => await awaited));
    }
    await sleep(1);
    return tasks;
  }

  it("that main leaves behind ends", { timeout: 8000 }, async () => {
    const tasks = await onVirtualTime(() => chain(createTask));
    expect(tasks.every((task) => task.cancelled())).toBe(true);
  });

  it("in a gather ends with it", { timeout: 8000 }, () =>
    onVirtualTime(async () => {
      const all = gather(await chain(createTask));
      all.cancel();
      expect(isCancelled(await errorOf(all))).toBe(true);
    }),
  );

  it("in a group ends with it", { timeout: 8000 }, () =>
    onVirtualTime(async () => {
      const tasks = await TaskGroup.run(async (group) => {
        const made = await chain((fn) => group.createTask(fn));
        group.cancel();
        return made;
      });
      expect(tasks.every((task) => task.cancelled())).toBe(true);
    }),
  );
});

describe("formatCallGraph", { tags: ["slow"] }, () => {
  it("of a chain of 20,000 tasks has a line for each", () =>
    onVirtualTime(async () => {
      const leaf = createTask(() => sleep(10));
      let last: Task = leaf;
      for (let count = 1; count < 20_000; count += 1) {
        const awaited = last;
        last = createTask(async () => await awaited);
      }
      await sleep(1);
      expect(formatCallGraph(leaf).split("\n").length).toBe(20_000);
      await last;
    }));

  it("of 20 layers, in each of which two wait for both below, has each wait once", () =>
    onVirtualTime(async () => {
      const leaf: Future = new Future();
      let layer: Future[] = [leaf];
      for (let count = 0; count < 20; count += 1) {
        const below = layer;
        layer = [0, 1].map(() => createTask(() => gather(below)));
      }
      await sleep(1);
      // 20 layers of two tasks with a gather each, each told in full once and referred to at most twice.
      expect(formatCallGraph(leaf).split("\n").length).toBeLessThan(200);
      leaf.setResult(null);
      await gather(layer);
    }));
});
