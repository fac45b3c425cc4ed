/** Barrier: nobody passes alone, rounds do not mix, and a waiter that gives up does not count. */
import assert from "node:assert/strict";

import { Barrier, BrokenBarrierError } from "@async/sync";

import { type Exploration, type Stage, allOfThem, together, whenBlocked } from "./exploration.ts";

export const barrier: Exploration = {
  name: "Barrier",
  stage: () =>
    stageOf((wait) => async () => {
      if (await wait()) await wait();
    }),
};

export const barrierReset: Exploration = {
  name: "Barrier, reset meanwhile",
  stage: () =>
    stageOf((wait, reset) => async () => {
      if (!(await wait())) return;
      await reset();
      await wait();
    }),
};

const PARTIES = 2;

/** What each of the three does. `wait` resolves to whether it has passed. */
type Part = (wait: () => Promise<boolean>, reset: () => Promise<void>) => () => Promise<void>;

function stageOf(part: Part): Stage {
  const barrier = new Barrier(PARTIES);
  /** How many have passed as the first of their round, and as the second. */
  const passed = [0, 0];
  let came = 0;
  /** Those who were in a round, and did not pass with it. */
  let gaveUp = 0;
  let mayBreak = false;
  let isOver = false;
  const wait = async () => {
    came += 1;
    let index = null;
    try {
      index = await barrier.wait();
    } catch (error) {
      if (!(error instanceof BrokenBarrierError)) throw error;
      assert.equal(mayBreak, true, "broken, and nobody has broken it");
    } finally {
      if (index === null) gaveUp += 1;
    }
    if (index === null) return false;
    assert.ok(index in passed, `passed as number ${index}`);
    passed[index]! += 1;
    assert.ok(passed[0]! + passed[1]! <= came - (came % PARTIES), "passed alone");
    return true;
  };
  const reset = async () => {
    if (isOver) return;
    mayBreak = true;
    await barrier.reset();
  };
  const end = async () => {
    await whenBlocked(() => {
      assert.ok(barrier.nWaiting < PARTIES, "all are there, and none passes");
      assert.equal(
        barrier.statistics().waiters.length,
        barrier.nWaiting,
        "sleeps in front of an empty barrier",
      );
    });
    isOver = true;
    mayBreak = true;
    const before = [...passed];
    await barrier.reset();
    await whenBlocked(() => assert.deepEqual(barrier.statistics().waiters, [], "is not sent away"));
    assert.deepEqual(passed, before, "passed because of a reset");
    await barrier.abort();
  };
  return {
    body: () => together(allOfThem(part(wait, reset)), end),
    async check() {
      assert.ok(
        Math.abs(passed[0]! - passed[1]!) <= gaveUp,
        `rounds have mixed: ${passed.join(" and ")} passed`,
      );
      assert.deepEqual(barrier.statistics().waiters, []);
      // Nobody counts who is not there any more.
      await barrier.reset();
      assert.equal(barrier.statistics().state, "filling");
    },
  };
}
