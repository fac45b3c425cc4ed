/** RateLimiter: no more than the limit within any interval, first come first served, and nobody waits longer than that takes. */
import assert from "node:assert/strict";

import { getRunningLoop } from "@async/loop";
import { RateLimiter } from "@async/sync";
import { sleep } from "@async/task";

import { type Exploration, together } from "./exploration.ts";
import { Line } from "./line.ts";

const LIMIT = 2;
/** Milliseconds. */
const INTERVAL = 2;
/** Milliseconds for all six to go. */
const LONGEST = 2 * INTERVAL;

export const rateLimiter: Exploration = {
  name: "RateLimiter",
  stage() {
    const loop = getRunningLoop();
    const limiter = new RateLimiter(LIMIT, INTERVAL);
    const line = new Line(() => limiter.statistics().waiters);
    /** When each one went. */
    const went: number[] = [];
    const justNow = () => went.filter((time) => time > loop.time() - INTERVAL).length;
    const go = async () => {
      await line.pass(() => limiter.acquire());
      went.push(loop.time());
      assert.ok(justNow() <= LIMIT, `went at ${went.join(", ")} ms`);
      assert.ok(loop.time() <= LONGEST, "waits for longer than all of them take");
    };
    const twice = async () => {
      await go();
      await go();
    };
    const later = async () => {
      await go();
      // A newcomer at the very moment at which others may go.
      await sleep(INTERVAL);
      await go();
    };
    return {
      body: () => together({ ada: twice, bob: twice, cyd: later }),
      check() {
        assert.deepEqual(limiter.statistics().waiters, []);
        // Nobody has a place who is not going.
        assert.equal(limiter.statistics().used, justNow());
      },
    };
  },
};
