import { errorOf, gateKeeper, until, workerWatch } from "@async/test-kit";
import { describe, expect, it } from "vitest";

import { workerModule } from "../src/index.ts";
import { POOLS, hold, work } from "./pools.ts";

describe.each(POOLS)("the death of a worker in $kind", { tags: ["slow"] }, ({ kind, Pool, Broken }) => {
  it("fails the call that ran, and says which, and how the worker ended", async () => {
    await using pool = new Pool({ maxWorkers: 1 });
    const error = await errorOf(pool.submit(work.exit, 7));
    expect(error).toBeInstanceOf(Broken);
    expect(error).toMatchObject({ name: Broken.name, exitCode: 7 });
    expect(error.message).toMatch(/exit\b.*work\.ts/);
    expect(error.message).toContain("7");
  });

  it("in a batch fails only the call that ran; what had not started is done by another worker", async () => {
    await using pool = new Pool({ maxWorkers: 1 });
    await Promise.all(Array.from({ length: 50 }, (_, value) => pool.submit(work.identity, value)));
    const before = [1, 2, 3].map((value) => pool.submit(work.identity, value));
    const deadly = pool.submit(work.exit, 1);
    const after = Array.from({ length: 500 }, (_, value) => pool.submit(work.identity, value));
    expect(await errorOf(deadly)).toBeInstanceOf(Broken);
    expect(await Promise.all([...before, ...after])).toEqual([1, 2, 3, ...after.map((_, value) => value)]);
  });

  it("in a call of a function that is quick otherwise fails only that call", async () => {
    await using pool = new Pool({ maxWorkers: 1 });
    for (let call = 0; call < 50; call += 1) await pool.submit(work.exitIf, false);
    const deadly = pool.submit(work.exitIf, true);
    const behind = [1, 2, 3].map(() => pool.submit(work.exitIf, false));
    expect(await errorOf(deadly)).toBeInstanceOf(Broken);
    expect(await Promise.all(behind)).toEqual([1, 1, 1]);
  });

  it("while it is idle goes unseen", async () => {
    using watch = workerWatch();
    await using pool = new Pool({ maxWorkers: 1 });
    for (let round = 1; round <= 3; round += 1) {
      await pool.submit(work.exitSoon);
      await until(() => watch.alive === 0);
      expect(await pool.submit(work.identity, round)).toBe(round);
    }
  });

  it("while it is idle, from outside, goes unseen also if a call comes in the same moment", async () => {
    using watch = workerWatch();
    await using pool = new Pool({ maxWorkers: 1 });
    await pool.submit(work.identity, 0);
    for (let round = 1; round <= 5; round += 1) {
      watch.end(0);
      expect(await pool.submit(work.identity, round)).toBe(round);
    }
  });

  it("from outside fails the call that ran", async () => {
    await using keeper = await gateKeeper();
    using watch = workerWatch();
    await using pool = new Pool({ maxWorkers: 1 });
    const gate = keeper.gate();
    const held = pool.submit(hold, gate.ticket);
    const behind = [1, 2].map((value) => pool.submit(work.identity, value));
    await gate.reached();
    watch.end(0);
    const error = await errorOf(held);
    expect(error).toBeInstanceOf(Broken);
    expect(error).toMatchObject(kind === "threads" ? {} : { exitCode: null, signal: "SIGKILL" });
    expect(await Promise.all(behind)).toEqual([1, 2]);
  });

  it("again and again neither exhausts the pool nor leaves workers behind", async () => {
    using watch = workerWatch();
    await using pool = new Pool({ maxWorkers: 2 });
    for (let round = 0; round < 5; round += 1) {
      const errors = await Promise.all([1, 2, 3].map(() => errorOf(pool.submit(work.exit, 1))));
      expect(errors.every((error) => error instanceof Broken)).toBe(true);
    }
    expect(await pool.submit(work.identity, 1)).toBe(1);
    expect(watch.alive).toBeLessThanOrEqual(2);
  });

  it("POOL-21 while its module is imported fails the call, and the pool goes on", async () => {
    const deadly = workerModule<{ anything: () => void }>(new URL("./deadly-module.ts", import.meta.url));
    await using pool = new Pool({ maxWorkers: 1 });
    expect(await errorOf(pool.submit(deadly.anything))).toBeInstanceOf(Broken);
    expect(await pool.submit(work.identity, 1)).toBe(1);
  });

  it("an error in a worker's own timer goes to onError, and the worker lives on", async () => {
    using watch = workerWatch();
    const errors: unknown[] = [];
    await using pool = new Pool({ maxWorkers: 1, onError: (error) => errors.push(error) });
    await pool.submit(work.throwLater, "stray");
    expect(await pool.submit(work.nameAfter, 10)).toEqual(expect.any(String));
    expect(errors).toEqual([expect.objectContaining({ name: "Error", message: "stray" })]);
    expect(watch.started).toBe(1);
  });

  it("an error in a worker's own timer is a warning where there is no onError", async () => {
    const warnings: (Error & { readonly detail?: string })[] = [];
    const listen = (warning: Error) => warnings.push(warning);
    process.on("warning", listen);
    try {
      await using pool = new Pool({ maxWorkers: 1 });
      await pool.submit(work.throwLater, "stray");
      await until(() => warnings.length > 0);
      expect(warnings).toHaveLength(1);
      expect(warnings[0]!.detail).toMatch(/^Error: stray\n/);
    } finally {
      process.off("warning", listen);
    }
  });
});

describe.each(POOLS)('onWorkerDeath: "break" in $kind', { tags: ["slow"] }, ({ Pool, Broken }) => {
  it("POOL-17 fails what ran and what waited, and submit throws from then on", async () => {
    using watch = workerWatch();
    const pool = new Pool({ maxWorkers: 1, onWorkerDeath: "break" });
    const futures = [
      pool.submit(work.exit, 1),
      ...[1, 2, 3].map((value) => pool.submit(work.identity, value)),
    ];
    for (const future of futures) expect(await errorOf(future)).toBeInstanceOf(Broken);
    expect(() => pool.submit(work.identity, 1)).toThrow(Broken);
    expect(() => pool.map(work.identity, [1])).toThrow(Broken);
    await pool.shutdown();
    await watch.allEnded();
    expect(watch.started).toBe(1);
  });

  it("POOL-17 ends an iteration, and the other workers", async () => {
    await using keeper = await gateKeeper();
    using watch = workerWatch();
    const pool = new Pool({ maxWorkers: 2, onWorkerDeath: "break" });
    const gate = keeper.gate();
    const iterator = pool.map(hold, [gate.ticket])[Symbol.asyncIterator]();
    const next = errorOf(iterator.next());
    await gate.reached();
    expect(await errorOf(pool.submit(work.exit, 1))).toBeInstanceOf(Broken);
    expect(await next).toBeInstanceOf(Broken);
    await watch.allEnded();
    await pool.shutdown();
  });
});
