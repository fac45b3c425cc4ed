import { AsyncLocalStorage } from "node:async_hooks";

import { describe, expect, it } from "vitest";

import { POOLS, sharedPool, callWork, work } from "./pools.ts";

describe.each(POOLS)("the async context of a submitter to $kind", { tags: ["slow"] }, ({ Pool }) => {
  const shared = sharedPool(Pool);
  const storage = new AsyncLocalStorage<string>();

  it("is in force in the callbacks of its future, and after an await", async () => {
    const log: unknown[] = [];
    await Promise.all(
      ["first", "second"].map((name) =>
        storage.run(name, async () => {
          const future = shared.pool.submit(work.identity, name);
          future.addDoneCallback(() => log.push([name, "callback", storage.getStore()]));
          await future;
          log.push([name, "await", storage.getStore()]);
        }),
      ),
    );
    expect(log.toSorted()).toEqual([
      ["first", "await", "first"],
      ["first", "callback", "first"],
      ["second", "await", "second"],
      ["second", "callback", "second"],
    ]);
  });

  it("is in force in onProgress", async () => {
    const stores: unknown[] = [];
    await Promise.all(
      ["first", "second"].map((name) =>
        storage.run(name, async () => {
          const onProgress = () => stores.push(storage.getStore());
          await shared.pool.with({ onProgress }).submit(callWork.countTo, 1);
        }),
      ),
    );
    expect(stores.toSorted()).toEqual(["first", "second"]);
  });

  it("is in force in the input of a map, which is read later", async () => {
    const stores = new Set<unknown>();
    function* input() {
      for (let item = 0; item < 10; item += 1) {
        stores.add(storage.getStore());
        yield item;
      }
    }
    await storage.run("mapping", async () => {
      for await (const result of shared.pool.map(work.identity, input(), { bufferSize: 2 })) {
        expect(result).toBeLessThan(10);
        expect(storage.getStore()).toBe("mapping");
      }
    });
    expect([...stores]).toEqual(["mapping"]);
  });

  it("is not in force for others: that of the first submitter does not stay in the pool", async () => {
    const errors: unknown[] = [];
    const pool = storage.run(
      "first",
      () => new Pool({ maxWorkers: 1, onError: () => errors.push(storage.getStore()) }),
    );
    await storage.run("second", () => pool.submit(work.throwLater, "stray"));
    await pool.submit(work.nameAfter, 10);
    await pool.shutdown();
    expect(errors).toHaveLength(1);
    expect(errors).not.toContain("second");
  });
});
