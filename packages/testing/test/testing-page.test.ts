/** The page "Testing concurrent code" shows what its examples print. That they run is checked with all examples of the repository. */
import { readFileSync } from "node:fs";
import { stripTypeScriptTypes } from "node:module";
import path from "node:path";

import { programRunner } from "@async/test-kit";
import { expect, it } from "vitest";

const runProgram = programRunner(import.meta.dirname);
const page = readFileSync(path.join(import.meta.dirname, "../../../docs/testing-concurrent-code.md"), "utf8");

const blocks = (language: string) =>
  [...page.matchAll(new RegExp(`^\`\`\`${language}\n(.*?)^\`\`\`$`, "gms"))].map(([, text]) => text!);

it.each([
  ["schedule", 0, "A schedule fails"],
  ["cancellation", 1, "A cancellation is not survived"],
])("shows the report of the failing %s as it is", { tags: ["slow"] }, async (_, index, beginning) => {
  const shown = blocks("text").find((text) => text.startsWith(beginning));
  const program = stripTypeScriptTypes(blocks("ts")[index]!);
  const { stdout, stderr } = await runProgram(`${program}\nconsole.log(failure.message);`);
  expect(stderr).toBe("");
  expect(stdout).toContain(shown);
});
