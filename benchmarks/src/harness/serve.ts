/**
 * The process of a rival written in JavaScript: loads the module with its works, and does one whenever the harness asks.
 *
 *     node --expose-gc serve.ts <file: URL of the module> <version>
 *
 * Nobody collects garbage between two runs: what a run leaves behind is part of what it costs, and a full collection while no object of a
 * library lives throws away the code that V8 has optimised for it.
 */
import process from "node:process";
import { createInterface } from "node:readline";

import type { Benchmark, WorksOf } from "./benchmark.ts";
import { RunMeter } from "./run-meter.ts";
import type { Sizes } from "./sizes.ts";

const [module = "", version = ""] = process.argv.slice(2);
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
