/** setFutures: the ways in which a future ends, and the order of its callbacks. */
import { expect, it } from "vitest";

import { setFutures } from "../../src/chapters/set-futures.ts";
import { told } from "../told.ts";

it("shows the order of callbacks, and each end", async () => {
  const text = await told(setFutures);
  expect(text).toContain("setResult has returned, first callback, second callback");
  expect(text).toContain("<Future finished result=42>");
  expect(text).toContain("Error: no such thing");
  expect(text).toContain("CancelledError: not needed (isCancelled: true)");
});
