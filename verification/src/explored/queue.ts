/** Queue: what goes in comes out, once and in order, or is still there; nobody waits for an item that is there, or for room. */
import assert from "node:assert/strict";

import { Queue, QueueShutDown } from "@async/sync";
import { sleep } from "@async/task";

import { type Exploration, type Parts, type Stage, together, whenBlocked } from "./exploration.ts";

/** An item of the explored queues. Of equal priority, the first to be put in has the lower number. */
interface Item {
  readonly priority: number;
  readonly number: number;
}

/** A kind of queue: with room for so many, and the place in `items`, which is in the order of putting, of the one to come out next. */
export interface QueueKind {
  readonly make: (maxsize: number) => Queue<Item>;
  readonly next: (items: readonly Item[]) => number;
}

const fifo: QueueKind = { make: (maxsize) => new Queue(maxsize), next: () => 0 };

export const queue = explorationsOf("Queue", fifo);

/** The explorations of a kind of queue, in which putters and getters wait. */
export function explorationsOf(name: string, kind: QueueKind): readonly Exploration[] {
  return [
    {
      name: `${name}, one puts and two take`,
      stage: () =>
        stageOf(kind, 2, ({ put, take, iterate, join }) => ({
          ada: async () => {
            await put([2, 1, 2]);
            await join();
            // Both takers wait, and one is woken.
            await put([1]);
            await join();
          },
          bob: take,
          cyd: iterate,
        })),
    },
    {
      name: `${name}, two put and one takes`,
      stage: () =>
        stageOf(kind, 1, ({ put, take }) => ({ ada: () => put([1, 2]), bob: () => put([2, 1]), cyd: take })),
    },
  ];
}

interface Roles {
  readonly put: (priorities: readonly number[]) => Promise<void>;
  readonly take: () => Promise<void>;
  readonly iterate: () => Promise<void>;
  /** Waits until all is done that was put in. */
  readonly join: () => Promise<void>;
}

function stageOf({ make, next }: QueueKind, maxsize: number, cast: (roles: Roles) => Parts): Stage {
  const queue = make(maxsize);
  /** What must be in the queue now. */
  const items: Item[] = [];
  let number = 0;
  const put = async (priorities: readonly number[]) => {
    for (const priority of priorities) {
      const item = { priority, number: (number += 1) };
      try {
        await queue.put(item);
      } catch (error) {
        if (error instanceof QueueShutDown) return;
        throw error;
      }
      items.push(item);
      assert.equal(queue.size(), items.length);
    }
  };
  const work = async (item: Item) => {
    const [expected] = items.splice(next(items), 1);
    assert.deepEqual(item, expected, "came out of turn");
    try {
      await sleep(0);
    } finally {
      queue.taskDone();
    }
  };
  const take = async () => {
    for (;;) {
      let item;
      try {
        item = await queue.get();
      } catch (error) {
        if (error instanceof QueueShutDown) return;
        throw error;
      }
      await work(item);
    }
  };
  const iterate = async () => {
    for await (const item of queue) await work(item);
  };
  const join = async () => {
    await queue.join();
    assert.equal(queue.statistics().unfinished, 0);
  };
  const end = async () => {
    await whenBlocked(() => {
      const { getters, putters } = queue.statistics();
      if (!queue.empty()) assert.deepEqual(getters, [], "waits for an item, and there is one");
      if (!queue.full()) assert.deepEqual(putters, [], "waits for room, and there is some");
    });
    queue.shutdown();
  };
  return {
    body: () => together(cast({ put, take, iterate, join }), end),
    check() {
      const { size, unfinished, getters, putters, joiners } = queue.statistics();
      assert.deepEqual([getters, putters, joiners], [[], [], []]);
      assert.deepEqual([size, unfinished], [items.length, items.length]);
      for (; items.length > 0; items.splice(next(items), 1))
        assert.deepEqual(
          queue.getNowait(),
          items[next(items)],
          "left, but not what was put in and not taken",
        );
      assert.equal(queue.empty(), true);
    },
  };
}
