/** keepTime: on virtual time work takes none, so neither way of setting the next beat drifts. */
import { expect, it } from "vitest";

import { keepTime } from "../../src/chapters/keep-time.ts";
import { told } from "../told.ts";

it("beats as often as it says, and passes a year at once", async () => {
  const text = await told(keepTime);
  expect(text).toMatch(/callLater\(10\) +│ +250 ms │ 250 ms/);
  expect(text).toMatch(/callAt\(due \+ 10\) +│ +250 ms │ 250 ms/);
  expect(text).toContain("365 daily timers");
});
