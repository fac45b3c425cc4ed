import { expect, it } from "vitest";

import { cancel } from "../../src/chapters/cancel.ts";
import { outcomes, story } from "../show.ts";

it("lets the cancelled task clean up, and gives its awaiter the reason", async () => {
  expect((await story(cancel)).slice(-5)).toEqual([
    "  180 ms  │          main       cancels the download: we have enough",
    "  180 ms  ●          download   closes its file, which takes 120 ms",
    "  300 ms  ●          download   has closed its file",
    "  300 ms  ⊘          download   cancelled: we have enough",
    "  300 ms             main       await throws CancelledError: we have enough",
  ]);
});

it("never runs a task that is cancelled before its first step", async () => {
  expect(await outcomes(cancel)).toEqual([
    "download cancelled (0 to 300, asked to cancel at 180)",
    "never cancelled (0 to 0, asked to cancel at 0)",
  ]);
});
