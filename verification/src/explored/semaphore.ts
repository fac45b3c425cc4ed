/** Semaphore, BoundedSemaphore: as many holders as permits, first come first served; at the end all permits are back. */
import assert from "node:assert/strict";

import { UsageError } from "@async/futures";
import { BoundedSemaphore, Semaphore } from "@async/sync";
import { sleep } from "@async/task";

import { type Exploration, type Stage, together, whenBlocked } from "./exploration.ts";
import { Line } from "./line.ts";
import { Room } from "./room.ts";

export const semaphore: Exploration = {
  name: "Semaphore",
  stage: () => stageOf(new Semaphore(2), 2),
};

export const boundedSemaphore: Exploration = {
  name: "BoundedSemaphore",
  stage() {
    const semaphore = new BoundedSemaphore(1);
    const { body, check } = stageOf(semaphore, 1);
    return {
      body,
      check: () => {
        check();
        assert.throws(() => semaphore.release(), UsageError);
      },
    };
  },
};

function stageOf(semaphore: Semaphore, permits: number): Stage {
  const line = new Line(() => semaphore.statistics().waiters);
  const room = new Room(permits);
  const nobodySleepsInVain = () => {
    const { value, waiters } = semaphore.statistics();
    if (value > 0) assert.deepEqual(waiters, [], "waits although a permit is free");
  };
  const hold = async (pause: () => Promise<unknown>) => {
    using guard = await line.pass(() => semaphore.acquire());
    nobodySleepsInVain();
    await room.stay(pause);
    guard.release();
  };
  const shortly = async () => {
    await hold(() => sleep(0));
    // A newcomer at the very moment at which another one was woken.
    await hold(() => sleep(0));
  };
  const forLong = async () => {
    await hold(() => whenBlocked(nobodySleepsInVain));
    await hold(() => sleep(0));
  };
  return {
    body: () => together({ ada: shortly, bob: shortly, cyd: forLong }),
    check: () => assert.deepEqual(semaphore.statistics(), { value: permits, waiters: [] }),
  };
}
