import { errorOf, gateKeeper } from "@async/test-kit";
import { describe, expect, it } from "vitest";

import { ExecutorFull } from "../src/index.ts";
import { POOLS, type Pool, hold, work } from "./pools.ts";

/** Fills a pool of one worker that takes two calls. */
async function fill(pool: Pool, ticket: string) {
  const held = pool.submit(hold, ticket);
  const queued = pool.submit(work.identity, 1);
  return { held, queued };
}

describe.each(POOLS)("maxPending in $kind", { tags: ["slow"] }, ({ Pool }) => {
  it("submit throws ExecutorFull at once when so many calls are under way, and changes nothing", async () => {
    await using keeper = await gateKeeper();
    await using pool = new Pool({ maxWorkers: 1, maxPending: 2 });
    const gate = keeper.gate();
    const { held, queued } = await fill(pool, gate.ticket);
    expect(() => pool.submit(work.identity, 2)).toThrow(ExecutorFull);
    expect(() => pool.submit(work.identity, 2)).toThrow(
      expect.objectContaining({ code: "ERR_EXECUTOR_FULL" }),
    );
    gate.open();
    expect([await held, await queued]).toEqual([gate.ticket, 1]);
    expect(await pool.submit(work.identity, 2)).toBe(2);
  });

  it("ready resolves when there is room, and at once while there is", async () => {
    await using keeper = await gateKeeper();
    await using pool = new Pool({ maxWorkers: 1, maxPending: 2 });
    await pool.ready();
    const gate = keeper.gate();
    const log: string[] = [];
    const { held } = await fill(pool, gate.ticket);
    const ready = pool.ready().then(() => log.push("ready"));
    await gate.reached();
    log.push("opened");
    gate.open();
    await ready;
    expect(log).toEqual(["opened", "ready"]);
    expect(await pool.submit(work.identity, 3)).toBe(3);
    await held;
  });

  it("a loop of ready and submit never meets a full pool, and loses nothing", async () => {
    await using pool = new Pool({ maxWorkers: 2, maxPending: 4 });
    const futures = [];
    for (let call = 0; call < 200; call += 1) {
      await pool.ready();
      futures.push(pool.submit(work.identity, call));
    }
    expect(await Promise.all(futures)).toEqual(futures.map((_, call) => call));
  });

  it("ready lets several waiters in only as there is room for each", async () => {
    await using pool = new Pool({ maxWorkers: 1, maxPending: 1 });
    const results = await Promise.all(
      [1, 2, 3, 4, 5].map(async (value) => {
        for (;;) {
          await pool.ready();
          try {
            return await pool.submit(work.identity, value);
          } catch (error) {
            if (!(error instanceof ExecutorFull)) throw error;
          }
        }
      }),
    );
    expect(results).toEqual([1, 2, 3, 4, 5]);
  });

  it("a cancelled call makes room", async () => {
    await using keeper = await gateKeeper();
    await using pool = new Pool({ maxWorkers: 1, maxPending: 2 });
    const gate = keeper.gate();
    const { held, queued } = await fill(pool, gate.ticket);
    await gate.reached();
    queued.cancel();
    await errorOf(queued);
    await pool.ready();
    const next = pool.submit(work.identity, 4);
    gate.open();
    expect([await held, await next]).toEqual([gate.ticket, 4]);
  });

  it("shutdown ends the wait for room with an error", async () => {
    await using keeper = await gateKeeper();
    const pool = new Pool({ maxWorkers: 1, maxPending: 1 });
    const gate = keeper.gate();
    const held = pool.submit(hold, gate.ticket);
    const waiting = errorOf(pool.ready());
    const shutdown = pool.shutdown();
    expect((await waiting).name).toBe("UsageError");
    gate.open();
    await Promise.all([held, shutdown]);
  });

  it("without it any number of calls is taken", async () => {
    await using pool = new Pool({ maxWorkers: 2 });
    const futures = Array.from({ length: 100_000 }, (_, call) => pool.submit(work.identity, call));
    await pool.ready();
    expect(await futures.at(-1)).toBe(99_999);
  });
});
