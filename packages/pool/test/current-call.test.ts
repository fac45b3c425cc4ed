import { describe, expect, it } from "vitest";

import { workerModule } from "../src/index.ts";
import type * as functions from "./module-with-call.ts";
import { POOLS } from "./pools.ts";

const there = workerModule<typeof functions>(new URL("./module-with-call.ts", import.meta.url));

async function valuesOf<T>(results: AsyncIterable<T>): Promise<T[]> {
  const values: T[] = [];
  for await (const value of results) values.push(value);
  return values;
}

describe.each(POOLS)("currentCall() in a pool of $kind", { tags: ["slow"] }, ({ Pool }) => {
  it("throws while a worker module is imported: that is done for all calls to come", async () => {
    await using pool = new Pool({ maxWorkers: 1 });
    expect(await pool.submit(there.readWhileImported, "as")).toBe("as UsageError");
  });

  it("throws also if a map has it imported", async () => {
    await using pool = new Pool({ maxWorkers: 1 });
    expect(await valuesOf(pool.map(there.readWhileImported, ["as"]))).toEqual(["as UsageError"]);
  });
});
