/**
 * The test command: the checks of the sources and packages, then all tests, then one line that adds the tests up.
 *
 * Turbo remembers what passed and runs again only what could have changed. It brings the report of a remembered run
 * back, so that the sum is always that of all tests; reports of earlier runs are thrown away first.
 */
import { spawnSync } from "node:child_process";
import { globSync, readFileSync, rmSync } from "node:fs";
import process from "node:process";

import { summarize, type Report } from "./test-summary.ts";

const checks = ["typecheck", "lint", "unformatted", "unused", "dependencies", "check"];

for (const file of reportFiles()) rmSync(file);
const failedSteps = [
  turbo(...checks, "--continue", "--output-logs=errors-only"),
  // Packages take turns, because some tests measure time.
  turbo("test", "--continue", "--output-logs=new-only", "--concurrency=1"),
].filter((passed) => !passed).length;

const reports = reportFiles().map((file) => JSON.parse(readFileSync(file, "utf8")) as Report);
const { passed, failed, skipped } = summarize(reports, failedSteps);
process.exitCode = failed > 0 ? 1 : 0;
console.log(`${passed} passed, ${failed} failed, ${skipped} skipped`);

function reportFiles(): string[] {
  return globSync([
    "{packages,apps}/*/reports/vitest.json",
    "{benchmarks,scripts,test-kit,verification}/reports/vitest.json",
  ]);
}

function turbo(...args: string[]): boolean {
  const env = { ...process.env, TURBO_TELEMETRY_DISABLED: "1" };
  return spawnSync("turbo", ["run", ...args], { stdio: "inherit", env }).status === 0;
}
