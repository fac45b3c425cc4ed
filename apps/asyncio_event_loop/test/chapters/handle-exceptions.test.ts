/** handleExceptions: every error comes to the handler, once. */
import { expect, it } from "vitest";

import { handleExceptions } from "../../src/chapters/handle-exceptions.ts";
import { told } from "../told.ts";

it("shows each error with where it came from", async () => {
  const text = await told(handleExceptions);
  const rows = [...text.matchAll(/│ (.+?) +│ (.+?) +│ (\w*Error: .+?) +│/g)].map((cells) => cells.slice(1));
  expect(rows).toEqual([
    ["a callback that throws", "Exception in callback <Handle adjust()>", "Error: a screw is loose"],
    ["an async one, later", "Exception in callback <Handle measure()>", "RangeError: off the scale"],
    ["a future nobody read", "Future exception was never retrieved", "Error: lost in the post"],
  ]);
  expect(text).toContain("The loop went on meanwhile: true.");
});
