import { setTimeout as pause } from "node:timers/promises";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";

import { describe, expect, it } from "vitest";

import { POOLS, sharedPool, work } from "./pools.ts";

setFlagsFromString("--expose-gc");
const collectGarbage = runInNewContext("gc") as () => void;

async function isCollected(weak: WeakRef<object>): Promise<boolean> {
  for (let round = 0; round < 50; round += 1) {
    await pause(1); // What was looked at lives to the end of the turn.
    collectGarbage();
    if (weak.deref() === undefined) return true;
  }
  return false;
}

describe.each(POOLS)("memory of a pool of $kind", { tags: ["slow"] }, ({ Pool }) => {
  const shared = sharedPool(Pool, { maxWorkers: 1 });

  it("POOL-28 a worker keeps neither the argument nor the result of a call that has ended", async () => {
    await shared.pool.submit(work.handOver, { big: new Uint8Array(1_000_000) });
    expect(await shared.pool.submit(work.isForgotten)).toBe(true);
  });

  it("POOL-28 the pool keeps neither the future nor the argument nor the result", async () => {
    const submit = async () => {
      const argument = { big: new Uint8Array(1_000_000) };
      const future = shared.pool.submit(work.identity, argument);
      const result = await future;
      return [new WeakRef(argument), new WeakRef(future), new WeakRef(result)];
    };
    const weak = await submit();
    await shared.pool.submit(work.identity, 1);
    expect(await Promise.all(weak.map(isCollected))).toEqual([true, true, true]);
  });

  it("POOL-28 an iteration keeps no result that it has handed out", async () => {
    const map = shared.pool.map(work.makeArray, [1_000_000, 1_000_000, 1_000_000], { chunkSize: 1 });
    const iterator = map[Symbol.asyncIterator]();
    const first = async () => new WeakRef((await iterator.next()).value as object);
    const weak = await first();
    await iterator.next();
    expect(await isCollected(weak)).toBe(true);
    await iterator.return?.();
  });

  it("the memory of 200,000 calls is given back", async () => {
    const burst = () =>
      Promise.all(Array.from({ length: 50_000 }, (_, call) => shared.pool.submit(work.identity, call)));
    await burst();
    collectGarbage();
    const before = process.memoryUsage().heapUsed;
    for (let round = 0; round < 4; round += 1) await burst();
    await pause(5);
    collectGarbage();
    expect(process.memoryUsage().heapUsed - before).toBeLessThan(20_000_000);
  });
});
