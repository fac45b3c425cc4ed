import { errorOf } from "@async/test-kit";
import { describe, expect, it } from "vitest";

import { workerModule } from "../src/index.ts";
import type * as functions from "./hostile-work.ts";
import { POOLS, sharedPool } from "./pools.ts";

const there = workerModule<typeof functions>(new URL("./hostile-work.ts", import.meta.url));
const ITEMS = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9];

async function valuesOf<T>(results: AsyncIterable<T>): Promise<T[]> {
  const values: T[] = [];
  for await (const value of results) values.push(value);
  return values;
}

/** With its class, of which `toEqual` takes no notice. */
function seenAs(value: unknown): unknown[] {
  return [value, (value as object).constructor];
}

describe.each(POOLS)("a result in a chunk of a map in $kind", { tags: ["slow"] }, ({ Pool }) => {
  const shared = sharedPool(Pool, { maxWorkers: 1 });

  it.each([1, 10])(
    "is the object as it was returned, though the next call changes it: chunks of %d",
    async (chunkSize) => {
      const values = await valuesOf(shared.pool.map(there.reuseResult, ITEMS, { chunkSize }));
      expect(values).toEqual(ITEMS.map((value) => ({ value })));
    },
  );

  it.each([1, 10])("is so in all its depth: chunks of %d", async (chunkSize) => {
    const values = await valuesOf(shared.pool.map(there.reuseDeepResult, ITEMS, { chunkSize }));
    expect(values.map(({ bytes, inner }) => [bytes[0], inner.list])).toEqual(
      ITEMS.map((item) => [item, [item]]),
    );
  });

  it("arrives as what it would arrive as from submit", async () => {
    const names = [
      "record",
      "buffer",
      "view",
      "map",
      "instance",
      "error",
      "circle",
      "getter",
      "symbol key",
      "null",
    ];
    for (const name of names) {
      const single = await shared.pool.submit(there.makeResult, name);
      const values = await valuesOf(shared.pool.map(there.makeResult, [name, name], { chunkSize: 2 }));
      expect(values.map(seenAs)).toEqual([single, single].map(seenAs));
    }
  });

  it("that cannot be sent ends the chunk in its place: a proxy of a record too", async () => {
    const values: unknown[] = [];
    const error = await errorOf(async () => {
      const results = shared.pool.map(there.makeResult, ["record", "proxy", "record"], { chunkSize: 3 });
      for await (const value of results) values.push(value);
    });
    expect([values.length, error.name]).toEqual([1, "DataCloneError"]);
  });
});
