/** The works of synchronisation, ours. `bounded` is a semaphore and a task for each thing, as in Python. */
import { Lock, PriorityQueue, Queue, Semaphore } from "@async/sync";
import { gather, run, sleep } from "@async/task";

import type { WorksOf } from "../harness/benchmark.ts";
import { Crowd } from "./crowd.ts";
import { countInOrder, randomNumbers } from "./random-numbers.ts";
import type { sync as benchmark } from "./sync.ts";

export const works: WorksOf<typeof benchmark> = {
  lock: ({ times }) =>
    run(async () => {
      const lock = new Lock();
      const crowd = new Crowd(1);
      for (let i = 0; i < times; i++) {
        await lock.acquire();
        crowd.enter();
        crowd.leave();
        lock.release();
      }
      return crowd.visits;
    }),

  contendedLock: ({ tasks, times }) =>
    run(async () => {
      const lock = new Lock();
      const crowd = new Crowd(1);
      const visitor = async () => {
        for (let i = 0; i < times; i++) {
          await lock.acquire();
          crowd.enter();
          await sleep(0);
          crowd.leave();
          lock.release();
        }
      };
      await gather(Array.from({ length: tasks }, () => () => visitor()));
      return crowd.visits;
    }),

  semaphore: ({ places, tasks, times }) =>
    run(async () => {
      const semaphore = new Semaphore(places);
      const crowd = new Crowd(places);
      const visitor = async () => {
        for (let i = 0; i < times; i++) {
          await semaphore.acquire();
          crowd.enter();
          await sleep(0);
          crowd.leave();
          semaphore.release();
        }
      };
      await gather(Array.from({ length: tasks }, () => () => visitor()));
      return crowd.visits;
    }),

  handOver: ({ items, room }) => run(() => passOn(items, room)),

  queue: ({ items, room }) => run(() => passOn(items, room)),

  priorityQueue: ({ items }, meter) =>
    run(async () => {
      const numbers = randomNumbers(items);
      const queue = new PriorityQueue<number>();
      const got: number[] = [];
      meter.start();
      for (const number of numbers) await queue.put(number);
      for (let i = 0; i < items; i++) got.push(await queue.get());
      meter.stop();
      return countInOrder(got);
    }),

  bounded: ({ things, atATime }) =>
    run(async () => {
      const semaphore = new Semaphore(atATime);
      const crowd = new Crowd(atATime);
      const thing = async () => {
        const guard = await semaphore.acquire();
        try {
          crowd.enter();
          await sleep(0);
          crowd.leave();
        } finally {
          guard.release();
        }
      };
      await gather(Array.from({ length: things }, () => () => thing()));
      return crowd.visits;
    }),
};

async function passOn(items: number, room: number): Promise<number> {
  const queue = new Queue<number>(room);
  let sum = 0;
  const producer = async () => {
    for (let i = 0; i < items; i++) await queue.put(1);
  };
  const consumer = async () => {
    for (let i = 0; i < items; i++) {
      const item = await queue.get();
      sum += item;
    }
  };
  await gather([producer, consumer]);
  return sum;
}
