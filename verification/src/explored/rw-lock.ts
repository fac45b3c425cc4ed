/** RWLock: many readers or one writer, first come first served; readers do not wait for nobody. */
import assert from "node:assert/strict";

import { RWLock } from "@async/sync";
import { sleep } from "@async/task";

import { type Exploration, together, whenBlocked } from "./exploration.ts";
import { Line } from "./line.ts";

export const rwLock: Exploration = {
  name: "RWLock",
  stage() {
    const lock = new RWLock();
    const waiting = () => {
      const { waitingReaders, waitingWriters } = lock.statistics();
      return [...waitingReaders, ...waitingWriters];
    };
    const line = new Line(waiting);
    let [reading, writing] = [0, 0];
    const read = async (pause: () => Promise<unknown>) => {
      using guard = await line.pass(() => lock.acquireRead());
      reading += 1;
      assert.equal(writing, 0, "reads while another writes");
      try {
        await pause();
      } finally {
        reading -= 1;
      }
      guard.release();
    };
    const write = async () => {
      using guard = await line.pass(() => lock.acquireWrite());
      writing += 1;
      assert.deepEqual([reading, writing], [0, 1], "is not alone");
      try {
        await sleep(0);
      } finally {
        writing -= 1;
      }
      guard.release();
    };
    /** Where all is blocked and we read, only writers wait, and readers behind them. */
    const readForLong = () =>
      read(() =>
        whenBlocked(() => {
          const { waitingReaders, waitingWriters } = lock.statistics();
          if (waitingWriters.length === 0)
            assert.deepEqual(waitingReaders, [], "could read along, and sleeps");
        }),
      );
    return {
      body: () =>
        together({
          ada: async () => {
            await readForLong();
            await write();
          },
          bob: async () => {
            await write();
            await read(() => sleep(0));
          },
          cyd: async () => {
            await read(() => sleep(0));
            await readForLong();
          },
        }),
      check: () =>
        assert.deepEqual(lock.statistics(), {
          readers: 0,
          isWriting: false,
          waitingReaders: [],
          waitingWriters: [],
        }),
    };
  },
};
