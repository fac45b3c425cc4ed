/** The works of synchronisation with async-mutex. */
import { Mutex, Semaphore } from "async-mutex";

import type { WorksOf } from "../harness/benchmark.ts";
import { Crowd } from "./crowd.ts";
import type { sync as benchmark } from "./sync.ts";

const settled = Promise.resolve();

export const works: WorksOf<typeof benchmark> = {
  lock: async ({ times }) => {
    const mutex = new Mutex();
    const crowd = new Crowd(1);
    for (let i = 0; i < times; i++) {
      const release = await mutex.acquire();
      crowd.enter();
      crowd.leave();
      release();
    }
    return crowd.visits;
  },

  contendedLock: async ({ tasks, times }) => {
    const mutex = new Mutex();
    const crowd = new Crowd(1);
    const visitor = async () => {
      for (let i = 0; i < times; i++) {
        const release = await mutex.acquire();
        crowd.enter();
        await settled;
        crowd.leave();
        release();
      }
    };
    await Promise.all(Array.from({ length: tasks }, () => visitor()));
    return crowd.visits;
  },

  semaphore: async ({ places, tasks, times }) => {
    const semaphore = new Semaphore(places);
    const crowd = new Crowd(places);
    const visitor = async () => {
      for (let i = 0; i < times; i++) {
        const [, release] = await semaphore.acquire();
        crowd.enter();
        await settled;
        crowd.leave();
        release();
      }
    };
    await Promise.all(Array.from({ length: tasks }, () => visitor()));
    return crowd.visits;
  },

  bounded: async ({ things, atATime }) => {
    const semaphore = new Semaphore(atATime);
    const crowd = new Crowd(atATime);
    const thing = async () => {
      crowd.enter();
      await settled;
      crowd.leave();
    };
    await Promise.all(Array.from({ length: things }, () => semaphore.runExclusive(thing)));
    return crowd.visits;
  },
};
