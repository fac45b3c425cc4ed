import { BrokenExecutorError } from "@async/futures";
import { errorOf, workerWatch } from "@async/test-kit";
import { describe, expect, it } from "vitest";

import { POOLS, work } from "./pools.ts";

describe.each(POOLS)("the initializer of a pool of $kind", { tags: ["slow"] }, ({ Pool, Broken }) => {
  it("POOL-15 runs once in every worker, before its first call", async () => {
    await using pool = new Pool({ maxWorkers: 2, initializer: work.note, initargs: ["ready"] });
    const notes = await Promise.all([1, 2, 3, 4, 5, 6].map(() => pool.submit(work.readNotes)));
    expect(notes).toEqual(notes.map(() => ["ready"]));
  });

  it("POOL-15 may be async: calls wait for it", async () => {
    await using pool = new Pool({ maxWorkers: 1, initializer: work.noteLater, initargs: ["ready"] });
    expect(await pool.submit(work.readNotes)).toEqual(["ready"]);
  });

  it("POOL-15 runs in the worker that takes the place of a dead one, too", async () => {
    await using pool = new Pool({ maxWorkers: 1, initializer: work.note, initargs: ["ready"] });
    await errorOf(pool.submit(work.exit, 1));
    expect(await pool.submit(work.readNotes)).toEqual(["ready"]);
  });

  it("POOL-16 that fails breaks the pool: what waits fails, and submit throws", async () => {
    using watch = workerWatch();
    const pool = new Pool({ maxWorkers: 2, initializer: work.failToStart, initargs: ["no disk"] });
    const errors = await Promise.all([1, 2, 3].map((value) => errorOf(pool.submit(work.identity, value))));
    for (const error of errors) {
      expect(error).toBeInstanceOf(Broken);
      expect(error).toBeInstanceOf(BrokenExecutorError);
      expect(error.cause).toMatchObject({ name: "RangeError", message: "no disk" });
    }
    expect(() => pool.submit(work.identity, 1)).toThrow(Broken);
    expect(() => pool.map(work.identity, [1])).toThrow(Broken);
    await pool.shutdown();
    await watch.allEnded();
  });

  it("POOL-16 that ends its worker breaks the pool, which does not try for ever", async () => {
    using watch = workerWatch();
    const pool = new Pool({ maxWorkers: 1, initializer: work.exit, initargs: [3] });
    expect(await errorOf(pool.submit(work.identity, 1))).toBeInstanceOf(Broken);
    expect(() => pool.submit(work.identity, 1)).toThrow(Broken);
    await pool.shutdown();
    await watch.allEnded();
    expect(watch.started).toBeLessThanOrEqual(3);
  });

  it("a worker that cannot start at all breaks the pool, and the error says what it said", async () => {
    using watch = workerWatch();
    const pool = new Pool({ maxWorkers: 1, execArgv: ["--import", "file:///no/such/module.js"] });
    const error = await errorOf(pool.submit(work.identity, 1));
    expect(error).toBeInstanceOf(Broken);
    expect(() => pool.submit(work.identity, 1)).toThrow(Broken);
    await pool.shutdown();
    await watch.allEnded();
  });
});
