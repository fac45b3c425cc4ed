import { setTimeout as pause } from "node:timers/promises";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";

import { errorOf, gateKeeper, microtasks, until, within } from "@async/test-kit";
import { describe, expect, it } from "vitest";

import { ExecutorFull } from "../src/index.ts";
import { POOLS, type Pool, hold, work } from "./pools.ts";

setFlagsFromString("--expose-gc");
const collectGarbage = runInNewContext("gc") as () => void;

async function collect<T>(iterable: AsyncIterable<T>): Promise<T[]> {
  const results: T[] = [];
  for await (const result of iterable) results.push(result);
  return results;
}

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

  it("ready resolves as soon as a map that waits for room turns out to need none", async () => {
    await using pool = new Pool({ maxWorkers: 1, maxPending: 1 });
    const results = pool.map(work.identity, [1]);
    await within(5000, pool.ready());
    expect(await pool.submit(work.identity, 2)).toBe(2);
    expect(await results.next()).toEqual({ done: false, value: 1 });
  });

  it("ready resolves with a place, also among maps that take all that they can have", async () => {
    await using pool = new Pool({ maxWorkers: 1, maxPending: 2 });
    const items = Array.from({ length: 50 }, (_, item) => item);
    const maps = [pool.map(work.identity, items), pool.map(work.identity, items)].map(collect);
    for (let call = 0; call < 20; call += 1) {
      await within(5000, pool.ready());
      expect(await pool.submit(work.identity, call)).toBe(call);
    }
    expect(await Promise.all(maps)).toEqual([items, items]);
  });

  it("whoever submits once ready has resolved has a place, however many do so", async () => {
    await using pool = new Pool({ maxWorkers: 2, maxPending: 2 });
    const produce = async (value: number) => {
      const futures = [];
      for (let call = 0; call < 20; call += 1) {
        await pool.ready();
        futures.push(pool.submit(work.identity, value));
      }
      return Promise.all(futures);
    };
    const produced = await within(20_000, Promise.all([1, 2, 3, 4, 5].map(produce)));
    expect(produced.flat()).toHaveLength(100);
  });

  it("whoever submits without ready does not take the place of one who has waited", async () => {
    await using pool = new Pool({ maxWorkers: 1, maxPending: 1 });
    const log: string[] = [];
    const first = pool.submit(work.identity, 1);
    const pushy = first.then(() => {
      tryAgain(); // In the turn in which the place has become free.
      for (let hop = Promise.resolve(), left = 10; left > 0; left -= 1) hop = hop.then(() => tryAgain());
    });
    const tryAgain = () => {
      try {
        void pool.submit(work.identity, 2);
        log.push("pushed in");
      } catch (error) {
        if (!(error instanceof ExecutorFull)) throw error;
      }
    };
    await pool.ready();
    expect(await pool.submit(work.identity, 3)).toBe(3);
    await pushy;
    expect(log).toEqual([]);
  });

  it("a place that is not used goes to the next who waits", async () => {
    await using pool = new Pool({ maxWorkers: 1, maxPending: 1 });
    await pool.ready();
    await within(5000, Promise.all([pool.ready(), pool.ready(), pool.ready()]));
    expect(await pool.submit(work.identity, 1)).toBe(1);
    await pool.ready();
    await microtasks();
    expect(await pool.submit(work.identity, 2)).toBe(2);
  });

  it("those who wait are served in the order in which they came, maps too", async () => {
    await using keeper = await gateKeeper();
    await using pool = new Pool({ maxWorkers: 1, maxPending: 1 });
    const gate = keeper.gate();
    const held = pool.submit(hold, gate.ticket);
    await gate.reached();
    const log: string[] = [];
    function* input() {
      log.push("map");
      yield 1;
    }
    const before = pool.ready().then(() => log.push("before"));
    const results = collect(pool.map(work.identity, input()));
    const after = pool.ready().then(() => log.push("after"));
    gate.open();
    await within(5000, Promise.all([held, before, results, after]));
    expect(log).toEqual(["before", "map", "after"]);
  });

  it("maps that were closed while they waited for room leave nothing behind", async () => {
    await using keeper = await gateKeeper();
    await using pool = new Pool({ maxWorkers: 1, maxPending: 1 });
    const gate = keeper.gate();
    const held = pool.submit(hold, gate.ticket);
    const close = async () => {
      const results = pool.map(work.identity, [{}]);
      await results.return!();
      return new WeakRef(results);
    };
    const closed = await close();
    await pause(1); // What was looked at lives to the end of the turn.
    await until(() => {
      collectGarbage();
      return closed.deref() === undefined;
    });
    expect(held.done()).toBe(false);
    gate.open();
    expect(await held).toBe(gate.ticket);
  });

  it("a chunk that is bigger than it is sent as far as there is room", async () => {
    await using pool = new Pool({ maxWorkers: 1, maxPending: 3 });
    const items = [1, 2, 3, 4, 5, 6, 7];
    expect(await within(5000, collect(pool.map(work.identity, items, { chunkSize: 10 })))).toEqual(items);
    async function* input() {
      yield* items;
    }
    expect(await within(5000, collect(pool.map(work.identity, input(), { chunkSize: 10 })))).toEqual(items);
  });

  it("without it any number of calls is taken", async () => {
    await using pool = new Pool({ maxWorkers: 2 });
    const futures = Array.from({ length: 100_000 }, (_, call) => pool.submit(work.identity, call));
    await pool.ready();
    expect(await futures.at(-1)).toBe(99_999);
  });
});
