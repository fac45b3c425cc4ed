import { cpSync, existsSync, globSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";

import { temporaryFolder } from "@async/test-kit";
import { describe, expect, it } from "vitest";

import { benchmarks } from "../../src/benchmarks.ts";
import { ResultsFolder } from "../../src/report/results-folder.ts";
import { sample } from "./sample.ts";

const root = path.resolve(import.meta.dirname, "../../..");
const names = benchmarks.map(({ name }) => name);

describe("ResultsFolder", () => {
  it("keeps a result as JSON for its Node, and makes its table and chart", async () => {
    using temporary = temporaryFolder();
    const readme = path.join(temporary.path, "README.md");
    writeFileSync(readme, "<!-- benchmarks: written by `pnpm bench --report` -->\n\n<!-- /benchmarks -->\n");
    const folder = new ResultsFolder(path.join(temporary.path, "results"), ["tasks"]);
    await folder.save(sample);
    await folder.report(readme);
    const read = (file: string) => readFileSync(path.join(temporary.path, file), "utf8");
    expect(JSON.parse(read("results/node-26/tasks.json"))).toEqual(sample);
    expect(read("results/node-26/tasks.md")).toContain("**5.2x** 1.62 µs");
    expect(read("results/node-26/tasks.svg")).toContain("<svg");
    expect(read("results/README.md")).toContain("asyncio takes 5.0x or more");
    expect(read("README.md")).toContain("task switch, 100 tasks");
  });
});

describe("the results of this repository", { tags: ["slow"] }, () => {
  it("are there for each benchmark", () => {
    const missing = names.filter(
      (name) => !existsSync(path.join(root, `benchmarks/results/node-26/${name}.json`)),
    );
    expect(missing).toEqual([]);
  });

  it("are shown as they were measured: nobody has written into a table by hand", async () => {
    using temporary = temporaryFolder();
    const results = path.join(temporary.path, "benchmarks/results");
    const readme = path.join(temporary.path, "README.md");
    cpSync(path.join(root, "benchmarks/results"), results, { recursive: true });
    cpSync(path.join(root, "README.md"), readme);
    await new ResultsFolder(results, names).report(readme);
    const files = ["README.md", ...globSync("benchmarks/results/**/*.{md,svg}", { cwd: temporary.path })];
    const changed = files.filter(
      (file) => contentOf(path.join(root, file)) !== contentOf(path.join(temporary.path, file)),
    );
    expect(changed).toEqual([]);
  });
});

function contentOf(file: string): string | null {
  return existsSync(file) ? readFileSync(file, "utf8") : null;
}
