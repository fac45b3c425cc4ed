/** Lock: one holder, first come first served, free at the end. */
import assert from "node:assert/strict";

import { Lock } from "@async/sync";
import { sleep } from "@async/task";

import { type Exploration, together } from "./exploration.ts";
import { Line } from "./line.ts";
import { Room } from "./room.ts";

export const lock: Exploration = {
  name: "Lock",
  stage() {
    const lock = new Lock();
    const line = new Line(() => lock.statistics().waiters);
    const room = new Room(1);
    const hold = async () => {
      using guard = await line.pass(() => lock.acquire());
      await room.stay(() => sleep(0));
      guard.release();
    };
    const twice = async () => {
      await hold();
      // A newcomer at the very moment at which another one was woken.
      await hold();
    };
    const byHand = async () => {
      await sleep(0);
      await line.pass(() => lock.acquire());
      try {
        await room.stay(() => sleep(0));
      } finally {
        lock.release();
      }
      await sleep(0);
      await hold();
    };
    return {
      body: () => together({ ada: twice, bob: byHand, cyd: twice }),
      check: () => assert.deepEqual(lock.statistics(), { locked: false, waiters: [] }),
    };
  },
};
