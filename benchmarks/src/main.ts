/** The command `pnpm bench`: runs the benchmarks, prints what they give, and keeps it. Exit code 1 when a work was not done. */
import path from "node:path";
import process from "node:process";

import { benchmarks } from "./benchmarks.ts";
import { measure } from "./harness/measure.ts";
import { readOptions } from "./options.ts";
import { printResult } from "./report/print-result.ts";
import { ResultsFolder } from "./report/results-folder.ts";

const root = path.resolve(import.meta.dirname, "../..");
const names = benchmarks.map(({ name }) => name);
const options = readOptions(process.argv, names);
const folder = new ResultsFolder(path.join(root, "benchmarks/results"), names);
const isKept = options.save && options.only === undefined;

if (!options.report) {
  const command = ["pnpm bench", ...process.argv.slice(2)].join(" ");
  const chosen = options.names.length === 0 ? names : options.names;
  for (const benchmark of benchmarks.filter(({ name }) => chosen.includes(name))) {
    const { node, rounds, warmUp, only } = options;
    const result = await measure(benchmark, { node, rounds, warmUp, only, command, say });
    say("");
    console.log(`${printResult(result)}\n`);
    if (isKept) await folder.save(result);
  }
}
if (options.report || isKept) await folder.report(path.join(root, "README.md"));

/** Progress is for who watches, and no part of the output: on a terminal each line takes the place of the last one. */
function say(line: string): void {
  if (process.stderr.isTTY) process.stderr.write(`\r\u001b[K${line}`);
  else if (line.includes("left out")) console.error(line);
}
