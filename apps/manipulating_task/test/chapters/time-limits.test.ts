import { expect, it } from "vitest";

import { timeLimits } from "../../src/chapters/time-limits.ts";
import { outcomes, story } from "../show.ts";

it("stops the work when the time is up", async () => {
  expect(await outcomes(timeLimits)).toEqual([
    "quick finished (0 to 80)",
    "slow timed out (0 to 200)",
    "inner cancelled (200 to 350, asked to cancel at 350)",
  ]);
});

it("lets the stopped work clean up", async () => {
  expect(await story(timeLimits)).toEqual(
    expect.arrayContaining([
      "  200 ms    ●        slow       hangs up",
      "  350 ms  ●          inner      hangs up",
      "  350 ms             main       waitFor(inner, 150) throws TimeoutError: the time is up",
    ]),
  );
});
