import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";

import { afterAll, expect, it } from "vitest";

import { documentedNames, exportedNames, temporaryFolder, unprovenGuarantees } from "../src/index.ts";

const folder = temporaryFolder();
afterAll(() => folder[Symbol.dispose]());

function packageWith(files: Record<string, string>): string {
  for (const [name, text] of Object.entries(files)) {
    const file = path.join(folder.path, name);
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, text);
  }
  return folder.path;
}

it("exportedNames has values and types, in the order of the alphabet", () => {
  const index = `
    // The lock
    export { Lock, type LockGuard } from "./lock.ts";
    export type { Awaitable } from "./awaitable.ts";
  `.replaceAll(/^ +/gm, "");
  expect(exportedNames(packageWith({ "src/index.ts": index }))).toEqual(["Awaitable", "Lock", "LockGuard"]);
});

it("documentedNames has the first column of the name table alone", () => {
  const readme =
    "# A\n\n## Names\n\n| ours | Python |\n| - | - |\n| `B`, `A` | `C` |\n\n## More\n\n| `D` |\n";
  expect(documentedNames(packageWith({ "README.md": readme }))).toEqual(["A", "B"]);
});

it("unprovenGuarantees names the promises whose test is not there", () => {
  const rows = [
    "| kept | `lock`: is fair |",
    "| renamed | `lock`: was fair |",
    "| gone | `key`: is fair |",
    "| bare | trust us |",
  ];
  const readme = `## Guarantees\n\n| promise | test |\n| - | - |\n${rows.join("\n")}\n`;
  const files = { "README.md": readme, "test/lock.test.ts": `it("is fair", () => {});` };
  expect(unprovenGuarantees(packageWith(files))).toEqual(["renamed", "gone", "bare"]);
});

it("unprovenGuarantees is not content with a README that promises nothing", () => {
  expect(unprovenGuarantees(packageWith({ "README.md": "# A\n" }))).toEqual(["no guarantees at all"]);
});
