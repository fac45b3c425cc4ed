import { expect, it } from "vitest";

import { exceptions } from "../../src/chapters/exceptions.ts";
import { outcomes, story } from "../show.ts";

it("goes on with the other tasks when one throws", async () => {
  expect(await outcomes(exceptions)).toEqual([
    "sum 1 finished (0 to 320)",
    "sum 2 finished (0 to 320)",
    "sum 3 failed (0 to 160)",
  ]);
});

it("gives the error to whoever asks for the result", async () => {
  expect((await story(exceptions)).slice(-2)).toEqual([
    '  320 ms             main       gather returns: 10, 26, RangeError: "eleven" is no number',
    '  320 ms             main       await throws RangeError: "eleven" is no number',
  ]);
});
