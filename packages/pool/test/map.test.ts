import { errorOf, until, workerWatch } from "@async/test-kit";
import { describe, expect, it } from "vitest";

import { POOLS, sharedPool, work } from "./pools.ts";

async function collect<T>(iterable: AsyncIterable<T>): Promise<T[]> {
  const results: T[] = [];
  for await (const result of iterable) results.push(result);
  return results;
}

describe.each(POOLS)("map in $kind", { tags: ["slow"] }, ({ Pool, Broken }) => {
  const shared = sharedPool(Pool);

  it("POOL-04 gives 100,000 results in the order of the input", async () => {
    const numbers = Array.from({ length: 100_000 }, (_, index) => index);
    expect(await collect(shared.pool.map(work.identity, numbers))).toEqual(numbers);
  });

  it("POOL-09 chooses chunks by itself, so that both workers have their share of slow items", async () => {
    const names = await collect(
      shared.pool.map(
        work.nameAfter,
        Array.from({ length: 40 }, () => 5),
      ),
    );
    expect(new Set(names).size).toBe(2);
  });

  it("POOL-05 cancels the items behind one that fails, but for those under way", async () => {
    await using pool = new Pool({ maxWorkers: 1 });
    const items = [1, null, ...Array.from({ length: 1000 }, () => 1)];
    expect(await errorOf(collect(pool.map(work.tick, items, { chunkSize: 1 })))).toBeInstanceOf(RangeError);
    expect(await pool.submit(work.readTicks)).toBeLessThan(100);
  });

  it("POOL-24 a worker that dies while big items are sent fails the iteration, and nothing hangs", async () => {
    const big = Array.from({ length: 20 }, () => new Uint8Array(1_000_000));
    const error = await errorOf(collect(shared.pool.map(work.exitOn, big, { chunkSize: 1 })));
    expect(error).toBeInstanceOf(Broken);
    expect(await shared.pool.submit(work.identity, 1)).toBe(1);
  });

  it("an item that cannot be sent fails at its place, in any chunk", async () => {
    for (const chunkSize of [1, 2, 10]) {
      const results: unknown[] = [];
      const iterate = async () => {
        for await (const result of shared.pool.map(work.identity, [1, 2, () => {}, 4], { chunkSize }))
          results.push(result);
      };
      expect((await errorOf(iterate())).name).toBe("DataCloneError");
      expect(results).toEqual([1, 2]);
    }
  });

  it("a result that cannot be sent fails at its place, in any chunk", async () => {
    for (const chunkSize of [1, 3]) {
      expect(
        (await errorOf(collect(shared.pool.map(work.returnFunction, [1, 2, 3], { chunkSize })))).name,
      ).toBe("DataCloneError");
    }
  });

  it("POOL-10 starts no more workers than there are chunks", async () => {
    using watch = workerWatch();
    await using pool = new Pool({ maxWorkers: 2 });
    await collect(pool.map(work.identity, [1]));
    expect(watch.started).toBe(1);
  });

  it("X-01 with bufferSize holds neither the input nor the results in memory", async () => {
    let read = 0;
    function* chunks() {
      for (; read < 300; read += 1) yield new Uint8Array(1_000_000).fill(read);
    }
    let most = 0;
    let handedOut = 0;
    for await (const result of shared.pool.map(work.identity, chunks(), { bufferSize: 4, chunkSize: 1 })) {
      expect(result[0]).toBe(handedOut++ % 256);
      most = Math.max(most, process.memoryUsage().arrayBuffers);
    }
    expect(handedOut).toBe(300);
    expect(most).toBeLessThan(200_000_000);
  });

  it("X-01 a slow consumer holds the input back", async () => {
    let read = 0;
    function* numbers() {
      for (;;) yield read++;
    }
    for await (const result of shared.pool.map(work.identity, numbers(), { bufferSize: 10 })) {
      await shared.pool.submit(work.identity, 0);
      expect(read).toBeLessThanOrEqual(result + 1 + 10);
      if (result === 30) break;
    }
  });

  it("waits by itself for room, where maxPending is less than its input", async () => {
    await using pool = new Pool({ maxWorkers: 2, maxPending: 3 });
    const numbers = Array.from({ length: 50 }, (_, index) => index);
    expect(await collect(pool.map(work.identity, numbers))).toEqual(numbers);
    const pairs = numbers.map((number): [number, number] => [number, 1]);
    expect(await collect(pool.starmap(work.add, pairs))).toEqual(numbers.map((number) => number + 1));
  });

  it("many at a time all come to their end", async () => {
    const maps = Array.from({ length: 30 }, (_, base) =>
      collect(shared.pool.map(work.identity, [base, base + 1, base + 2], { chunkSize: 1 + (base % 3) })),
    );
    expect(await Promise.all(maps)).toEqual(maps.map((_, base) => [base, base + 1, base + 2]));
  });

  it("that was given up while its workers are busy leaves them to the next one", async () => {
    for (let round = 0; round < 20; round += 1) {
      const items = Array.from({ length: 100 }, () => 1);
      const iterator = shared.pool.map(work.spin, items)[Symbol.asyncIterator]();
      await iterator.next();
      await iterator.return?.();
    }
    expect(await collect(shared.pool.map(work.identity, [1, 2, 3]))).toEqual([1, 2, 3]);
    await until(() => shared.pool.statistics().pending === 0);
  });
});
