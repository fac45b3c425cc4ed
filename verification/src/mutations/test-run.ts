/** runTests: runs tests in a folder, and says which of them fail. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync, rmSync } from "node:fs";
import path from "node:path";
import process from "node:process";

export interface TestRun {
  /** The full names. */
  readonly passed: readonly string[];
  readonly failed: readonly string[];
  /** Why there is no report of what passed and failed; null if there is one. */
  readonly failure: string | null;
}

/** What of the report matters here. */
interface Report {
  readonly testResults: readonly {
    readonly message: string;
    readonly assertionResults: readonly {
      readonly ancestorTitles: readonly string[];
      readonly title: string;
      readonly status: string;
    }[];
  }[];
}

/** Milliseconds. A line that is missing may leave an endless loop. */
const PATIENCE = 120_000;

/**
 * @param file - the test file, from the folder
 * @param named - what the full names of the tests begin with; undefined for all
 */
export async function runTests(
  folder: string,
  file: string,
  named: string | undefined,
  signal: AbortSignal,
): Promise<TestRun> {
  const report = path.join(folder, "report.json");
  rmSync(report, { force: true });
  const vitest = path.join(folder, "node_modules/vitest/vitest.mjs");
  const filter = named === undefined ? [] : ["--testNamePattern", `^${named}\\b`];
  const args = [
    vitest,
    "run",
    file,
    ...filter,
    "--pool",
    "threads",
    "--reporter",
    "json",
    "--outputFile",
    report,
  ];
  const limit = AbortSignal.any([signal, AbortSignal.timeout(PATIENCE)]);
  // In threads, so that with the process all of it ends.
  const child = spawn(process.execPath, args, {
    cwd: folder,
    stdio: "ignore",
    signal: limit,
    killSignal: "SIGKILL",
  });
  try {
    await once(child, "exit");
  } catch (error) {
    if (signal.aborted || !limit.aborted) throw error;
    return { passed: [], failed: [], failure: `not done within ${PATIENCE / 1000} s` };
  }
  return readReport(report);
}

function readReport(file: string): TestRun {
  const { testResults } = JSON.parse(readFileSync(file, "utf8")) as Report;
  const tests = testResults.flatMap(({ assertionResults }) => assertionResults);
  const named = (status: string): string[] =>
    tests
      .filter((test) => test.status === status)
      .map(({ ancestorTitles, title }) => [...ancestorTitles, title].join(" > "));
  const [passed, failed] = [named("passed"), named("failed")];
  const message = testResults
    .map((result) => result.message)
    .join("\n")
    .trim();
  return { passed, failed, failure: passed.length + failed.length === 0 ? message || "no such test" : null };
}
