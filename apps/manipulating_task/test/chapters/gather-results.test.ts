import { expect, it } from "vitest";

import { gatherResults } from "../../src/chapters/gather-results.ts";
import { story } from "../show.ts";

it("takes as long as the slowest task, and gives the results in the order of the arguments", async () => {
  expect(await story(gatherResults)).toEqual([
    "    0 ms  ● │ │      roast      takes 320 ms",
    "    0 ms  │ ● │      salad      takes 120 ms",
    "    0 ms  │ │ ●      soup       takes 220 ms",
    "  120 ms  │ ✓ │      salad      finished: salad",
    "  220 ms  │   ✓      soup       finished: soup",
    "  320 ms  ✓          roast      finished: roast",
    "  320 ms             main       gather returns: roast, salad, soup",
  ]);
});
