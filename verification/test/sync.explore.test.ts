/** No order and no cancellation breaks a primitive of `@async/sync`. `pnpm explore` searches for longer. */
import { describe, expect, it } from "vitest";

import { syncExplorations } from "../src/explored/explorations.ts";
import { cancelAll, searchAll, searchAtRandom } from "../src/explored/search.ts";

describe.each(syncExplorations)("$name", { tags: ["slow"] }, (exploration) => {
  it("holds in random orders (seed 1)", async () => {
    expect(await searchAtRandom(exploration, 300, 1)).toBeGreaterThanOrEqual(300);
  });

  it("holds in all orders with few deviations", async () => {
    expect(await searchAll(exploration)).toBeGreaterThan(500);
  });

  it("survives a cancellation at every moment, once and twice", async () => {
    expect(await cancelAll(exploration)).toBeGreaterThan(100);
  });
});
