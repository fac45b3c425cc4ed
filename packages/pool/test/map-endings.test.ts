import { CancelledError, TimeoutError, UsageError } from "@async/futures";
import { errorOf, gateKeeper, microtasks, until, within } from "@async/test-kit";
import { describe, expect, it } from "vitest";

import { inline } from "../src/index.ts";
import { POOLS, type Pool, hold, work } from "./pools.ts";

/** What an iteration hands out, and the error that it ends with, null for none. */
async function outcomeOf<T>(iterable: AsyncIterable<T>): Promise<{ values: T[]; error: Error | null }> {
  const values: T[] = [];
  try {
    for await (const value of iterable) values.push(value);
    return { values, error: null };
  } catch (error) {
    return { values, error: error as Error };
  }
}

/** An async input that gives the items and then nothing more, ever. */
function stuckAfter<T>(...items: T[]) {
  const log: string[] = [];
  const iterator: AsyncIterableIterator<T> = {
    [Symbol.asyncIterator]: () => iterator,
    next: () => {
      log.push("next");
      return items.length > 0
        ? Promise.resolve({ done: false, value: items.shift()! })
        : new Promise<never>(() => {});
    },
    return: () => {
      log.push("return");
      return new Promise<never>(() => {});
    },
  };
  return { input: iterator, log };
}

/** Takes so many milliseconds; returns the number. */
const spinFor = inline(([number, milliseconds]: readonly [number, number]) => {
  const end = performance.now() + milliseconds;
  while (performance.now() < end);
  return number;
});

const STOPS = [
  ["shutdown with cancelFutures", (pool: Pool) => void pool.shutdown({ cancelFutures: true })],
  ["killWorkers", (pool: Pool) => pool.killWorkers()],
  ["terminateWorkers", (pool: Pool) => pool.terminateWorkers()],
] as const;

describe.each(POOLS)("a map in $kind that a signal or a timeout ends", { tags: ["slow"] }, ({ Pool }) => {
  it("is over after its failure, or once it is closed, whatever else has ended it", async () => {
    await using pool = new Pool({ maxWorkers: 1 });
    const controller = new AbortController();
    const { signal } = controller;
    const failed = pool.map(work.tick, [1, null, 1], { signal, chunkSize: 3 });
    await pool.submit(work.identity, 1); // One worker: all that came before is done.
    const closed = pool.map(work.identity, [1], { signal });
    controller.abort();
    await closed.return?.();
    expect(await failed.next()).toEqual({ done: false, value: 1 });
    expect(await errorOf(failed.next())).toBeInstanceOf(RangeError);
    for (const iteration of [failed, closed])
      expect(await iteration.next()).toEqual({ done: true, value: undefined });
  });

  it("hands out no result behind one that is missing", async () => {
    await using pool = new Pool({ maxWorkers: 2, cancelGrace: 5000 });
    const quick = Array.from({ length: 200 }, (_, number) => [number, 0] as const);
    await outcomeOf(pool.map(spinFor, quick)); // So that its chunks are sent before it is their turn.
    for (let round = 0; round < 5; round += 1) {
      const items = Array.from({ length: 40 }, (_, number) => {
        return [number, number === 5 || number === 25 ? 30 : 0.3] as const;
      });
      const controller = new AbortController();
      const { completed } = pool.statistics();
      const results = pool.map(spinFor, items, { chunkSize: 2, signal: controller.signal });
      await until(() => pool.statistics().completed >= completed + 4);
      controller.abort();
      await until(() => pool.statistics().atWorkers === 0);
      const { error, values } = await outcomeOf(results);
      expect(values).toEqual(values.map((_, index) => index));
      expect(error).toBeInstanceOf(CancelledError);
    }
  });

  it("stops an item that runs, and its worker if that does not stop", async () => {
    await using keeper = await gateKeeper();
    const pool = new Pool({ maxWorkers: 2, cancelGrace: 0 });
    await Promise.all([pool.submit(work.nameAfter, 5), pool.submit(work.nameAfter, 5)]);
    const [late, aborted] = [keeper.gate(), keeper.gate()];
    const controller = new AbortController();
    const ends = [
      errorOf(pool.map(hold, [late.ticket, "behind"], { timeout: 500 }).next()),
      errorOf(pool.map(hold, [aborted.ticket], { signal: controller.signal }).next()),
    ];
    await Promise.all([late.reached(), aborted.reached()]);
    controller.abort("enough");
    const [timedOut, cancelled] = await Promise.all(ends);
    expect(timedOut).toBeInstanceOf(TimeoutError);
    expect(cancelled).toMatchObject({ name: "CancelledError", reason: "enough" });
    await within(5000, pool.shutdown());
  });

  it("reads nothing more, though its own end makes room", async () => {
    await using keeper = await gateKeeper();
    await using pool = new Pool({ maxWorkers: 1, maxPending: 3, cancelGrace: 0 });
    const gate = keeper.gate();
    const controller = new AbortController();
    let read = 0;
    function* input() {
      for (; read < 100; read += 1) yield gate.ticket;
    }
    const results = pool.map(hold, input(), { chunkSize: 1, signal: controller.signal });
    await gate.reached();
    const before = read;
    controller.abort();
    await until(() => pool.statistics().atWorkers === 0);
    const { error, values } = await within(5000, outcomeOf(results));
    expect([values, read]).toEqual([[], before]);
    expect(error).toBeInstanceOf(CancelledError);
    expect(pool.statistics().pending).toBe(0);
  });

  it("ends also where its input has thrown, and it waits for what was read before", async () => {
    await using keeper = await gateKeeper();
    await using pool = new Pool({ maxWorkers: 1, cancelGrace: 0 });
    const gate = keeper.gate();
    async function* input() {
      yield gate.ticket;
      throw new RangeError("input");
    }
    const results = pool.map(hold, input(), { timeout: 200 });
    const { error } = await within(5000, outcomeOf(results));
    expect(error).toBeInstanceOf(TimeoutError);
    const { signal } = new AbortController();
    const failed = outcomeOf(pool.map(hold, input(), { timeout: 60_000, signal }));
    gate.open();
    expect(await failed).toMatchObject({ values: [gate.ticket], error: { message: "input" } });
  });
});

describe.each(POOLS)("with({ signal }).map in $kind", { tags: ["slow"] }, ({ Pool }) => {
  it("whose signal has aborted already starts nothing", async () => {
    await using pool = new Pool({ maxWorkers: 1 });
    const scoped = pool.with({ signal: AbortSignal.abort("no") });
    const error = await errorOf(
      within(5000, scoped.map(work.note, ["must not run"])[Symbol.asyncIterator]().next()),
    );
    expect(error).toMatchObject({ name: "CancelledError", reason: "no" });
    expect(await pool.submit(work.readNotes)).toEqual([]);
  });

  it("ends also where the signal aborts while none of its calls is under way", async () => {
    await using pool = new Pool({ maxWorkers: 1 });
    const controller = new AbortController();
    const { input, log } = stuckAfter("first");
    const results = pool.with({ signal: controller.signal }).map(work.identity, input);
    const iterator = results[Symbol.asyncIterator]();
    expect(await iterator.next()).toEqual({ done: false, value: "first" });
    const next = errorOf(within(5000, iterator.next()));
    controller.abort();
    expect(await next).toBeInstanceOf(CancelledError);
    expect(log.at(-1)).toBe("return");
  });

  it("a call with an object, whose signal has aborted already, is not sent", async () => {
    await using pool = new Pool({ maxWorkers: 1 });
    await pool.submit(work.identity, 1);
    const scoped = pool.with({ signal: AbortSignal.abort() });
    let isRead = false;
    const argument = {
      get field() {
        isRead = true;
        return 1;
      },
    };
    const future = scoped.submit<[object], object>(work.identity, argument);
    expect(future.cancelled()).toBe(true);
    await errorOf(future);
    expect(isRead).toBe(false);
    expect(pool.statistics()).toMatchObject({ pending: 0, cancelled: 1 });
  });
});

describe.each(POOLS)("a map in $kind whose executor is shut down", { tags: ["slow"] }, ({ Pool, Broken }) => {
  it("over an async input ends where it would read on, and closes the input", async () => {
    const pool = new Pool({ maxWorkers: 1 });
    const { input, log } = stuckAfter("first");
    const results = pool.map(work.identity, input);
    expect(await results.next()).toEqual({ done: false, value: "first" });
    const next = errorOf(within(5000, results.next()));
    await within(5000, pool.shutdown());
    const error = await next;
    expect(error).toBeInstanceOf(UsageError);
    expect(error.message).toMatch(/has been shut down/);
    expect(log).toEqual(["next", "next", "return"]);
  });

  it("has the items done that it has read, also less than a chunk of them", async () => {
    const pool = new Pool({ maxWorkers: 1 });
    const { input, log } = stuckAfter(1, 2, 3);
    const results = pool.map(work.identity, input, { chunkSize: 10 });
    await until(() => log.length === 4);
    await within(5000, pool.shutdown());
    const { error, values } = await within(5000, outcomeOf(results));
    expect(values).toEqual([1, 2, 3]);
    expect(error).toBeInstanceOf(UsageError);
  });

  it("whose input was read to its end knows nothing of it", async () => {
    const pool = new Pool({ maxWorkers: 1 });
    const results = pool.map(work.identity, [1, 2, 3]);
    await pool.shutdown();
    expect(await outcomeOf(results)).toEqual({ values: [1, 2, 3], error: null });
  });

  it("and that is then closed holds up nothing", async () => {
    const pool = new Pool({ maxWorkers: 1 });
    const results = pool.map(work.identity, [1, 2, 3]);
    const shutdown = pool.shutdown();
    await results[Symbol.asyncIterator]().return?.();
    await within(5000, shutdown);
    expect(pool.statistics().pending).toBe(0);
  });

  it("over an async input that waits, before any worker, still settles", async () => {
    const pool = new Pool({ maxWorkers: 1 });
    const next = errorOf(within(5000, pool.map(work.identity, stuckAfter().input).next()));
    await within(5000, pool.shutdown());
    expect(await next).toBeInstanceOf(UsageError);
  });

  it.each(STOPS)("by %s ends at once, and closes its async input", async (_, stop) => {
    const pool = new Pool({ maxWorkers: 1 });
    const { input, log } = stuckAfter("first");
    const outcome = within(5000, outcomeOf(pool.map(work.identity, input)));
    await until(() => pool.statistics().completed === 1);
    stop(pool);
    const { error } = await outcome;
    expect(error).toBeInstanceOf(CancelledError);
    expect(log.at(-1)).toBe("return");
    await pool.shutdown();
  });

  it("by cancelFutures says so at the first item that was left out, also if its input has thrown behind it", async () => {
    await using keeper = await gateKeeper();
    const pool = new Pool({ maxWorkers: 1 });
    const gate = keeper.gate();
    let hasThrown = false;
    async function* input() {
      yield* [gate.ticket, "second", "third"];
      hasThrown = true;
      throw new RangeError("input");
    }
    const outcome = within(5000, outcomeOf(pool.map(hold, input(), { chunkSize: 1 })));
    await gate.reached();
    await until(() => hasThrown);
    await microtasks();
    const shutdown = pool.shutdown({ cancelFutures: true });
    gate.open();
    const { error, values } = await outcome;
    expect(values).toEqual([gate.ticket]);
    expect(error).toBeInstanceOf(CancelledError);
    await shutdown;
  });

  it("because it is broken ends with that, also while it waits for an async input", async () => {
    const pool = new Pool({ maxWorkers: 1, onWorkerDeath: "break" });
    const { input, log } = stuckAfter();
    const next = errorOf(within(5000, pool.map(work.identity, input).next()));
    await errorOf(pool.submit(work.exit, 1));
    expect(await next).toBeInstanceOf(Broken);
    expect(log.at(-1)).toBe("return");
    await pool.shutdown();
  });
});
