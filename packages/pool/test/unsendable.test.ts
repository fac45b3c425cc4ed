import { errorOf } from "@async/test-kit";
import { describe, expect, it } from "vitest";

import { workerModule } from "../src/index.ts";
import { POOLS, type Pool, type PoolOptions, callWork, sharedPool, work } from "./pools.ts";
import * as here from "./unsendable.ts";

const there = workerModule<typeof here>(new URL("./unsendable.ts", import.meta.url));
const REFUSED = Object.keys(here.REFUSED);
const FOR_THREADS = Object.keys(here.FOR_THREADS);

/** What an iteration gives, and the error that it ends with. */
async function collect(results: AsyncIterable<unknown>): Promise<{ values: unknown[]; error: Error }> {
  const values: unknown[] = [];
  const error = await errorOf(
    (async () => {
      for await (const value of results) values.push(value);
    })(),
  );
  return { values, error };
}

/** Sends it in each way there is, beside what can be sent, and returns what arrives. */
async function send(pool: Pool, name: string): Promise<unknown[]> {
  const value = here.makeUnsendable(name);
  const outcomes: unknown[] = await Promise.all([
    pool.submit(work.identity, "before"),
    errorOf(pool.submit(work.identity, value)),
    errorOf(pool.submit(there.makeUnsendable, name)),
    pool.submit(work.identity, "after"),
  ]);
  for (const chunkSize of [1, 4]) {
    const iterations = [
      pool.map<unknown, unknown>(work.identity, [1, 2, value, 4], { chunkSize }),
      pool.map(there.makeOrReturn, [1, 2, name, 4], { chunkSize }),
      pool.starmap<[unknown], unknown>(work.identity, [[1], [2], [value], [4]], { chunkSize }),
    ];
    for (const iteration of iterations) outcomes.push(await collect(iteration));
  }
  return outcomes;
}

const REFUSAL = expect.objectContaining({ name: "DataCloneError" }) as unknown;
/** Each time it is refused in its place, and nothing else fails. */
const REFUSALS = [
  "before",
  REFUSAL,
  REFUSAL,
  "after",
  ...Array.from({ length: 6 }, () => ({ values: [1, 2], error: REFUSAL })),
];

describe.each(POOLS)("what cannot be sent, in $kind", { tags: ["slow"] }, ({ Pool }) => {
  const shared = sharedPool(Pool);

  it.each(REFUSED)("POOL-20 %s is refused in its place, with a DataCloneError", async (name) => {
    expect(await send(shared.pool, name)).toEqual(REFUSALS);
  });

  it.each(REFUSED)("POOL-20 %s among initargs is refused when the executor is made", (name) => {
    const options: PoolOptions = {
      initializer: work.note,
      initargs: ["ready", here.makeUnsendable(name)] as never,
    };
    expect(() => new Pool(options)).toThrow(REFUSAL);
  });

  it("initargs arrive as they were when the executor was made", async () => {
    const list = ["as it was"];
    await using pool = new Pool({ maxWorkers: 1, initializer: work.note, initargs: [list] });
    list.push("changed");
    expect(await pool.submit(work.readNotes)).toEqual([["as it was"]]);
  });

  it.each([
    ["a URL", new URL("https://example.org/"), "pass its href"],
    ["an AbortSignal", AbortSignal.abort(), "with({ signal })"],
  ])(
    "%s as an item of a map fails in its place, and the error says what to pass",
    async (_, item, advice) => {
      for (const chunkSize of [1, 4]) {
        const items = await collect(
          shared.pool.map<unknown, unknown>(work.identity, [1, item], { chunkSize }),
        );
        const tuples = await collect(
          shared.pool.starmap<[unknown], unknown>(work.identity, [[1], [item]], { chunkSize }),
        );
        for (const { values, error } of [items, tuples])
          expect([values, error.name, error.message]).toEqual([
            [1],
            "TypeError",
            expect.stringContaining(advice),
          ]);
      }
    },
  );

  it("a result that can be looked at only so often ends the iteration at the latest there", async () => {
    const { values, error } = await collect(shared.pool.map(there.makeFickle, [0, 1], { chunkSize: 2 }));
    expect(values.length).toBeLessThanOrEqual(1);
    expect(error.name).toBe(values.length === 1 ? "DataCloneError" : "RangeError");
    expect(await shared.pool.submit(work.identity, 1)).toBe(1);
  });

  it.each(REFUSED)("a report of %s throws where it is made, in the call", async (name) => {
    expect((await errorOf(shared.pool.submit(callWork.progressWith, name))).name).toBe("DataCloneError");
  });

  it("data that is nested too deep for the worker's stack fails its call alone, there and back", async () => {
    await using pool = new Pool({ maxWorkers: 1, resourceLimits: { stackSizeMb: 0.3 } });
    const deep = here.makeDeep(2000);
    const errors = [
      await errorOf(pool.submit(work.identity, () => {})),
      await errorOf(pool.submit(there.depthOf, deep)),
      (await collect(pool.map(there.depthOf, [deep, deep], { chunkSize: 2 }))).error,
      await errorOf(pool.submit(there.makeDeep, 2000)),
    ];
    // Either side may find it too deep: whoever writes it says RangeError, whoever reads it DataCloneError.
    for (const { name } of errors) expect(["DataCloneError", "RangeError"]).toContain(name);
    expect(await pool.submit(there.depthOf, here.makeDeep(100))).toBe(100);
  });

  it("what a worker's timer throws is reported without that value, and the worker lives on", async () => {
    for (const name of [...REFUSED, ...FOR_THREADS]) {
      const reports = Promise.withResolvers<unknown>();
      await using pool = new Pool({ maxWorkers: 1, onError: reports.resolve });
      const { pid, threadId } = await pool.submit(work.whoAmI);
      await pool.submit(there.throwUnsendableLater, name);
      expect(await reports.promise).toMatchObject({ message: "stray" });
      expect(await pool.submit(work.whoAmI)).toMatchObject({ pid, threadId });
    }
  });
});

describe("what only threads can be sent", { tags: ["slow"] }, () => {
  describe("in threads", () => {
    const shared = sharedPool(POOLS[0].Pool);

    it.each(FOR_THREADS)("%s arrives as what it is, there and back", async (name) => {
      const value = here.makeUnsendable(name);
      const seen = await shared.pool.submit(work.describe, value);
      expect(seen).toContain(Object.prototype.toString.call(value));
      const result = await shared.pool.submit(there.makeUnsendable, name);
      expect(result.constructor).toBe(value.constructor);
    });
  });

  describe("in processes", () => {
    const shared = sharedPool(POOLS[1].Pool);

    it.each(FOR_THREADS)("POOL-20 %s is refused in its place, with a DataCloneError", async (name) => {
      expect(await send(shared.pool, name)).toEqual(REFUSALS);
    });

    it.each(FOR_THREADS)("a report of %s throws where it is made, in the call", async (name) => {
      expect((await errorOf(shared.pool.submit(callWork.progressWith, name))).name).toBe("DataCloneError");
    });
  });
});
