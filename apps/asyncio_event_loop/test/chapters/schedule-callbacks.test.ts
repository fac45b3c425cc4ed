/** scheduleCallbacks: who runs when. */
import { expect, it } from "vitest";

import { scheduleCallbacks } from "../../src/chapters/schedule-callbacks.ts";
import { told } from "../told.ts";

it("shows the callbacks in the order in which they run, at their times", async () => {
  const text = await told(scheduleCallbacks);
  expect([...text.matchAll(/│ (call.+?) +│ +([\d.]+) ms │/g)].map(([, what, at]) => [what, at])).toEqual([
    ["callSoon, the first", "0.0"],
    ["callSoon, the second", "0.0"],
    ["callSoon, from within the first", "0.0"],
    ["callAt(start + 20)", "20.0"],
    ["callAt(start + 20), set after it", "20.0"],
    ["callLater(40)", "40.0"],
  ]);
  expect(text).toContain("Never ran: <TimerHandle cancelled>");
});
