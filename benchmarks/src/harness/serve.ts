/**
 * The process of a rival written in JavaScript: loads the module with its works, and does one whenever the harness asks.
 *
 *     node --expose-gc serve.ts <file: URL of the module> <version> [<folder with our packages as they are published>]
 *
 * Nobody collects garbage between two runs: what a run leaves behind is part of what it costs, and a full collection while no object of a
 * library lives throws away the code that V8 has optimised for it.
 */
import { registerHooks } from "node:module";
import path from "node:path";
import process from "node:process";
import { createInterface } from "node:readline";
import { pathToFileURL } from "node:url";

import type { Benchmark, WorksOf } from "./benchmark.ts";
import { RunMeter } from "./run-meter.ts";
import type { Sizes } from "./sizes.ts";

const [module = "", version = "", built] = process.argv.slice(2);
if (built !== undefined) importOursFrom(built);
const { works } = (await import(module)) as { works: WorksOf<Benchmark> };

answer({ version, works: Object.keys(works) });
for await (const line of createInterface({ input: process.stdin })) {
  const { work, sizes } = JSON.parse(line) as { work: string; sizes: Sizes };
  const meter = new RunMeter();
  answer(meter.runOf(await works[work]!(sizes, meter)));
}
// What a failed work left open (a server, a pool) is not to keep us.
process.exit();

function answer(message: unknown): void {
  process.stdout.write(`${JSON.stringify(message)}\n`);
}

/** From now on what is imported from `@async/*` is looked up in the folder: the built packages, as their users have them. */
function importOursFrom(folder: string): void {
  const parentURL = pathToFileURL(path.join(folder, "importer.js")).href;
  registerHooks({
    resolve: (specifier, context, next) =>
      next(specifier, specifier.startsWith("@async/") ? { ...context, parentURL } : context),
  });
}
