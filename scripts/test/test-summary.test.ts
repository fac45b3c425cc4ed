/** The closing line of the test command never looks better than the run. */
import { expect, it } from "vitest";

import { summarize } from "../test-summary.ts";

const report = { numPassedTests: 3, numFailedTests: 0, numPendingTests: 1, numTodoTests: 1 };

it("adds up the reports of all packages", () => {
  const other = { numPassedTests: 2, numFailedTests: 2, numPendingTests: 0, numTodoTests: 0 };
  expect(summarize([report, other], 1)).toEqual({ passed: 5, failed: 2, skipped: 2 });
});

it("counts a failed step that no failed test explains", () => {
  expect(summarize([report], 1)).toEqual({ passed: 3, failed: 1, skipped: 2 });
});

it("counts a run without tests as failed", () => {
  expect(summarize([], 0)).toEqual({ passed: 0, failed: 1, skipped: 0 });
});
