/** The sum of a test run: what each package's report says, and what failed without a report. */

/** What vitest's JSON report says about its tests. */
export interface Report {
  readonly numPassedTests: number;
  readonly numFailedTests: number;
  readonly numPendingTests: number;
  readonly numTodoTests: number;
}

export interface Summary {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
}

/**
 * Adds the reports up. A failed step that no failed test explains (a lint error, a test file that does not load)
 * counts as one failure each, and a run without any test is a failure too: the line never looks better than the run.
 */
export function summarize(reports: readonly Report[], failedSteps: number): Summary {
  const passed = sum(reports.map((report) => report.numPassedTests));
  const failed = sum(reports.map((report) => report.numFailedTests));
  const skipped = sum(reports.map((report) => report.numPendingTests + report.numTodoTests));
  const unexplained = passed + failed === 0 ? 1 : 0;
  return { passed, failed: Math.max(failed, failedSteps, unexplained), skipped };
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
