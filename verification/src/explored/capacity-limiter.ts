/** CapacityLimiter: no more borrowers than tokens, first come first served, also while the number changes; at the end all tokens are back. */
import assert from "node:assert/strict";

import { CapacityLimiter } from "@async/sync";
import { currentTask, sleep } from "@async/task";

import { type Exploration, NAMES, together, whenBlocked } from "./exploration.ts";
import { Line } from "./line.ts";
import { Room } from "./room.ts";

export const capacityLimiter: Exploration = {
  name: "CapacityLimiter",
  stage() {
    const limiter = new CapacityLimiter(1);
    const line = new Line(() => limiter.statistics().waiters);
    const room = new Room(2);
    const nobodySleepsInVain = () => {
      const { waiters } = limiter.statistics();
      if (limiter.availableTokens > 0) assert.deepEqual(waiters, [], "waits although a token is there");
    };
    const borrow = async (pause: () => Promise<unknown>) => {
      const { name } = currentTask()!;
      using token = await line.pass(() => limiter.acquireOnBehalfOf(name));
      assert.ok(limiter.statistics().borrowers.includes(name), `${name} has no token`);
      await room.stay(pause);
      token.release();
    };
    const shortly = async () => {
      await borrow(() => sleep(0));
      await borrow(() => sleep(0));
    };
    const forLong = async () => {
      await borrow(() => whenBlocked(nobodySleepsInVain));
      await borrow(() => sleep(0));
    };
    const resize = async () => {
      await sleep(0);
      limiter.totalTokens = 2;
      nobodySleepsInVain();
      await sleep(0);
      limiter.totalTokens = 1;
    };
    return {
      body: () => together({ ada: shortly, bob: forLong, cyd: shortly }, resize),
      async check() {
        const { borrowedTokens, borrowers, waiters } = limiter.statistics();
        assert.deepEqual(
          { borrowedTokens, borrowers, waiters },
          { borrowedTokens: 0, borrowers: [], waiters: [] },
        );
        // Nobody counts as waiting any more: all may come again.
        for (const name of NAMES) (await limiter.acquireOnBehalfOf(name)).release();
      },
    };
  },
};
