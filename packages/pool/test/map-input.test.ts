import { AsyncLocalStorage } from "node:async_hooks";

import { CancelledError, TimeoutError } from "@async/futures";
import { errorOf, gateKeeper, microtasks, until, within } from "@async/test-kit";
import { describe, expect, it } from "vitest";

import { POOLS, hold, sharedPool, work } from "./pools.ts";

async function collect<T>(iterable: AsyncIterable<T>): Promise<T[]> {
  const results: T[] = [];
  for await (const result of iterable) results.push(result);
  return results;
}

/** Whoever reads it finds an iterator whose `next` returns these, one after the other. */
function inputOf(key: symbol, steps: unknown[]): Iterable<unknown> {
  return { [key]: () => ({ next: () => steps.shift() }) } as never;
}

describe.each(POOLS)("the input of a map in $kind", { tags: ["slow"] }, ({ Pool }) => {
  const shared = sharedPool(Pool);

  it.each<symbol>([Symbol.iterator, Symbol.asyncIterator])(
    "%s ends at any done that is truthy",
    async (key) => {
      const steps = [{ value: 1 }, { done: 0, value: 2 }, { done: 1, value: 3 }, { value: 4 }];
      expect(await within(5000, collect(shared.pool.map(work.identity, inputOf(key, steps))))).toEqual([
        1, 2,
      ]);
    },
  );

  it.each([5, null, "done"])("whose next returns %o is a TypeError that says so", async (step) => {
    const says = expect.objectContaining({
      name: "TypeError",
      message: expect.stringMatching(/next\(\) of its input returned .*\{ done, value \}/) as string,
    }) as Error;
    expect(() => shared.pool.map(work.identity, inputOf(Symbol.iterator, [step]))).toThrow(says);
    const results = shared.pool.map(work.identity, inputOf(Symbol.asyncIterator, [{ value: 1 }, step]));
    const iterator = results[Symbol.asyncIterator]();
    expect(await iterator.next()).toEqual({ done: false, value: 1 });
    expect(await errorOf(within(5000, iterator.next()))).toEqual(says);
  });

  it.each<symbol>([Symbol.iterator, Symbol.asyncIterator])(
    "whose %s gives no iterator is a TypeError",
    (key) => {
      const map = () => shared.pool.map(work.identity, { [key]: () => 5 } as never);
      expect(map).toThrow(/terator\] of its input returned 5/);
    },
  );

  it("an async one is counted, and read only as there is room", async () => {
    await using keeper = await gateKeeper();
    await using pool = new Pool({ maxWorkers: 1, maxPending: 2 });
    const gate = keeper.gate();
    let read = 0;
    async function* input() {
      for (; read < 6;) yield gate.ticket + " ".repeat(read++);
    }
    const results = collect(pool.map(hold, input()));
    await gate.reached();
    await until(() => read === 2);
    await microtasks();
    expect(read).toBe(2);
    expect(pool.statistics().pending).toBe(2);
    gate.open();
    expect(await results).toHaveLength(6);
    expect(pool.statistics().pending).toBe(0);
  });

  it("that throws when it is closed does not harm a consumer that is told of something else", async () => {
    await using keeper = await gateKeeper();
    await using pool = new Pool({ maxWorkers: 1, cancelGrace: 0 });
    const gate = keeper.gate();
    function* input() {
      try {
        for (;;) yield gate.ticket;
      } finally {
        // eslint-disable-next-line no-unsafe-finally -- It is what is tested.
        throw new RangeError("clean-up");
      }
    }
    const options = { bufferSize: 1, timeout: 50 };
    expect(await errorOf(within(5000, pool.map(hold, input(), options).next()))).toBeInstanceOf(TimeoutError);
    const controller = new AbortController();
    const next = pool.map(hold, input(), { bufferSize: 1, signal: controller.signal }).next();
    controller.abort();
    expect(await errorOf(within(5000, next))).toBeInstanceOf(CancelledError);
  });

  it("that throws when it is closed rejects the return() that has closed it, and no shutdown", async () => {
    const pool = new Pool({ maxWorkers: 1 });
    function* input() {
      try {
        for (;;) yield 1;
      } finally {
        // eslint-disable-next-line no-unsafe-finally -- It is what is tested.
        throw new RangeError("clean-up");
      }
    }
    const closed = pool.map(work.identity, input(), { bufferSize: 1 });
    expect(await errorOf(closed.return!())).toMatchObject({ message: "clean-up" });
    expect(await closed.next()).toEqual({ done: true, value: undefined });
    const open = pool.map(work.identity, input(), { bufferSize: 1 });
    await within(5000, pool.shutdown());
    expect(await open.next()).toEqual({ done: false, value: 1 });
    expect((await errorOf(open.next())).name).toBe("UsageError");
  });

  it("may end its own map: it is closed once it has given its item", async () => {
    const controller = new AbortController();
    const log: string[] = [];
    function* input() {
      try {
        yield 1;
        controller.abort("by itself");
        log.push("goes on");
        yield 2;
        log.push("must not");
      } finally {
        log.push("closed");
      }
    }
    const results = shared.pool.map(work.identity, input(), { bufferSize: 1, signal: controller.signal });
    const error = await errorOf(within(5000, collect(results)));
    expect(error).toMatchObject({ name: "CancelledError", reason: "by itself" });
    expect(log).toEqual(["goes on", "closed"]);
  });

  it("may submit calls itself, and is read on in order", async () => {
    const calls: unknown[] = [];
    function* input() {
      for (let item = 0; item < 5; item += 1) {
        for (let call = 0; call < 600; call += 1) calls.push(shared.pool.submit(work.identity, call));
        yield item;
      }
    }
    expect(await within(5000, collect(shared.pool.map(work.identity, input())))).toEqual([0, 1, 2, 3, 4]);
    await Promise.all(calls);
  });

  it("runs in the async context of the map, also where it has waited for room", async () => {
    const storage = new AsyncLocalStorage<string>();
    await using pool = new Pool({ maxWorkers: 1, maxPending: 2 });
    const stores: unknown[] = [];
    function* input() {
      try {
        for (let item = 0; item < 6; item += 1) {
          stores.push(storage.getStore());
          yield item;
        }
      } finally {
        stores.push(storage.getStore());
      }
    }
    const results = storage.run("mapping", () => pool.map(work.identity, input()));
    expect(await storage.run("consuming", () => collect(results))).toEqual([0, 1, 2, 3, 4, 5]);
    expect(stores).toEqual(Array.from({ length: 7 }, () => "mapping"));
  });
});

describe.each(POOLS)("the tuples of starmap in $kind", { tags: ["slow"] }, ({ Pool }) => {
  const shared = sharedPool(Pool);

  it.each([1, null, undefined, "ab", { a: 1 }])("%o is none: a TypeError in its place", async (item) => {
    for (const chunkSize of [1, 3]) {
      const tuples = [[1, 2], item, [3, 4]] as [number, number][];
      const results = shared.pool.starmap(work.add, tuples, { chunkSize })[Symbol.asyncIterator]();
      expect(await results.next()).toEqual({ done: false, value: 3 });
      const error = await errorOf(results.next());
      expect(error.name).toBe("TypeError");
      expect(error.message).toContain(
        "starmap takes tuples of arguments: [[1], [2]]; for single arguments use map",
      );
    }
  });
});
