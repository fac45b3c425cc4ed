/** Condition: a wait comes back with the lock, whatever happens; nobody sleeps while there is what it waits for. */
import assert from "node:assert/strict";

import { Condition } from "@async/sync";
import { sleep } from "@async/task";

import { type Exploration, together, whenBlocked } from "./exploration.ts";
import { Room } from "./room.ts";

export const condition: Exploration = {
  name: "Condition",
  stage() {
    const condition = new Condition();
    /** Who holds the lock. */
    const room = new Room(1);
    let onShelf = 0;
    let made = 0;
    let taken = 0;
    let isClosed = false;
    const holding = async (body: () => Promise<unknown>) => {
      using guard = await condition.acquire();
      await room.stay(body);
      // Else it was lost on the way, and somebody else may hold it.
      assert.equal(condition.locked(), true);
      guard.release();
    };
    const waitOutside = async () => {
      room.leave();
      try {
        await condition.wait();
      } finally {
        room.enter();
        assert.equal(condition.locked(), true, "came back without the lock");
      }
    };
    const take = () =>
      holding(async () => {
        while (onShelf === 0 && !isClosed) await waitOutside();
        if (onShelf === 0) return;
        onShelf -= 1;
        taken += 1;
      });
    const taker = async () => {
      await take();
      await take();
    };
    const make = (count: number) =>
      holding(async () => {
        for (let one = 1; one <= count; one += 1) {
          onShelf += 1;
          made += 1;
          condition.notify();
          await sleep(0);
        }
      });
    const nobodySleepsInVain = () => {
      const { waiters, lockWaiters } = condition.statistics();
      if (onShelf > 0) assert.deepEqual(waiters, [], "sleeps in front of a full shelf");
      assert.deepEqual(lockWaiters, [], "waits for a lock that nobody gives back");
    };
    const end = async () => {
      await whenBlocked(nobodySleepsInVain);
      // Both takers wait, and one is woken.
      await make(1);
      await whenBlocked(nobodySleepsInVain);
      isClosed = true;
      await holding(async () => condition.notifyAll());
    };
    return {
      body: () => together({ ada: taker, bob: taker, cyd: () => make(2) }, end),
      check: () => {
        assert.deepEqual(condition.statistics(), { locked: false, waiters: [], lockWaiters: [] });
        assert.equal(made, taken + onShelf);
      },
    };
  },
};
