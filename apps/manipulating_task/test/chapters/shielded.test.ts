import { expect, it } from "vitest";

import { shielded } from "../../src/chapters/shielded.ts";
import { outcomes } from "../show.ts";

it("cancels both clients and the order without a shield, and finishes the one with a shield", async () => {
  expect(await outcomes(shielded)).toEqual([
    "order 1 finished (0 to 300)",
    "order 2 cancelled (0 to 150, asked to cancel at 150)",
    "client 1 cancelled (0 to 150, asked to cancel at 150)",
    "client 2 cancelled (0 to 150, asked to cancel at 150)",
  ]);
});
