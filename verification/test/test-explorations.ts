/** testExplorations: the searches that each exploration has to pass, in a file of tests for each package. */
import { describe, expect, it } from "vitest";

import type { Exploration } from "../src/explored/exploration.ts";
import { cancelAll, searchAll, searchAtRandom } from "../src/explored/search.ts";

export function testExplorations(explorations: readonly Exploration[]): void {
  describe.each(explorations)("$name", { tags: ["slow"] }, (exploration) => {
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
}
