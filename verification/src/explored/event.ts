/** Event: who waits when it is set goes on, even if it is cleared at once; who comes after that waits. */
import assert from "node:assert/strict";

import { Event } from "@async/sync";
import { currentTask, sleep } from "@async/task";

import { type Exploration, together, whenBlocked } from "./exploration.ts";

export const event: Exploration = {
  name: "Event",
  stage() {
    const event = new Event();
    let signals = 0;
    /** Those who waited at a signal and have not gone on yet. */
    const due = new Set<string | null>();
    let isSetForGood = false;
    const signal = () => {
      signals += 1;
      for (const { task } of event.statistics().waiters) due.add(task);
      event.set();
      event.clear();
    };
    const waitFor = async () => {
      const before = signals;
      try {
        assert.equal(await event.wait(), true);
        assert.ok(isSetForGood || signals > before, "went on without a signal");
      } finally {
        due.delete(currentTask()!.name);
      }
    };
    const waiter = async () => {
      await waitFor();
      await sleep(0);
      await waitFor();
    };
    const signaller = async () => {
      await sleep(0);
      signal();
      await sleep(0);
      signal();
    };
    const end = async () => {
      await whenBlocked(() => assert.deepEqual([...due], [], "waited at a signal and was not woken"));
      isSetForGood = true;
      event.set();
    };
    return {
      body: () => together({ ada: waiter, bob: waiter, cyd: signaller }, end),
      check: () => assert.deepEqual(event.statistics().waiters, []),
    };
  },
};
