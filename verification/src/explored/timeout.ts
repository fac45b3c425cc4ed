/** timeout: whatever comes at the same time, the block ends as in time, as too late or as cancelled, and leaves no request and no timer. */
import assert from "node:assert/strict";

import { Future, TimeoutError } from "@async/futures";
import { getRunningLoop } from "@async/loop";
import { type Timeout, currentTask, sleep, timeout } from "@async/task";

import { type Exploration, together } from "./exploration.ts";

export const timeouts: Exploration = {
  name: "timeout",
  stage() {
    const loop = getRunningLoop();
    /** Resolves to whether the time was up. */
    const isLate = async (delay: number | null, body: (limit: Timeout) => Promise<unknown>) => {
      let limit: Timeout | null = null;
      try {
        await timeout(delay, (scope) => body((limit = scope)));
      } catch (error) {
        if (!(error instanceof TimeoutError)) throw error;
        assert.equal(limit!.expired(), true);
        assert.ok(loop.time() >= limit!.when()!, "too early");
        assert.equal(currentTask()!.cancelling(), 0, "has left its request behind");
        return true;
      }
      // The time may have been up when the body had ended already.
      return false;
    };
    const atTheVeryMoment = async () => {
      await isLate(1, () => sleep(1));
      await sleep(0);
      await isLate(1, () => sleep(1));
      assert.ok(loop.time() <= 2);
    };
    const oneInTheOther = async () => {
      const outer = await isLate(2, async () => {
        assert.equal(await isLate(1, forEver), true);
        assert.equal(loop.time(), 1);
        // As one that comes at the very moment of the other.
        await isLate(1, forEver);
        await forEver();
      });
      assert.deepEqual([outer, loop.time()], [true, 2]);
    };
    const withCleanUp = async () => {
      const isOver = await isLate(1, async (limit) => {
        limit.reschedule(null);
        limit.reschedule(loop.time() + 3);
        limit.reschedule(loop.time() + 2);
        try {
          await forEver();
        } finally {
          await sleep(1);
        }
      });
      assert.deepEqual([isOver, loop.time()], [true, 3]);
    };
    return {
      body: () => together({ ada: atTheVeryMoment, bob: oneInTheOther, cyd: withCleanUp }),
      check: () => undefined,
    };
  },
};

async function forEver(): Promise<void> {
  await new Future();
}
