/**
 * The command `pnpm bench:hot`: the hot paths beside CPython's, in rounds that take turns, with ratios of medians; then the heap after many
 * tasks, and I/O while tasks switch.
 *
 *     pnpm bench:hot [--rounds 5]
 */
import { spawnSync } from "node:child_process";
import os from "node:os";
import process from "node:process";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";

import { findCPython, oldestPython } from "../src/cpython.ts";

/** Nanoseconds per operation. */
type Round = Record<"switch" | "create" | "gather", number>;

const TITLES: Readonly<Record<keyof Round, string>> = {
  switch: "100 tasks x 10,000 sleep(0)",
  create: "create + await of an empty task",
  gather: "gather of 200,000 empty tasks",
};

const { values } = parseArgs({ options: { rounds: { type: "string", default: "5" } } });
const python = findCPython();

console.log(
  `Node ${process.versions.node}, ${os.cpus()[0]?.model ?? "unknown CPU"}, ${new Date().toISOString().slice(0, 10)}`,
);
if (python === null) console.log(`CPython: left out, none of version ${oldestPython} or newer here`);

const ours: Round[] = [];
const theirs: Round[] = [];
for (let round = 0; round < Number(values.rounds); round++) {
  ours.push(JSON.parse(runNode("tasks.ts")) as Round);
  if (python !== null) theirs.push(JSON.parse(python.run(new URL("tasks.py", import.meta.url))) as Round);
}
for (const path of Object.keys(TITLES) as (keyof Round)[]) {
  const mine = median(ours.map((round) => round[path]));
  const line = `${TITLES[path].padEnd(34)} ${mine.toFixed(0).padStart(6)} ns`;
  if (python === null) console.log(line);
  else {
    const other = median(theirs.map((round) => round[path]));
    console.log(
      `${line}   CPython ${python.version} ${other.toFixed(0).padStart(6)} ns   ${(other / mine).toFixed(1)}x`,
    );
  }
}

const heap = JSON.parse(runNode("heap.ts", "--expose-gc")) as {
  tasks: number;
  before: number;
  after: number;
};
console.log(
  `heap before and after ${heap.tasks.toLocaleString("en")} create + await: ${heap.before.toFixed(1)} MB, ${heap.after.toFixed(1)} MB`,
);
const io = JSON.parse(runNode("io-under-load.ts")) as {
  requests: number;
  latencyP99: number;
  lagP99: number;
};
console.log(
  `${io.requests.toLocaleString("en")} HTTP requests while 10,000 tasks switch: p99 ${io.latencyP99.toFixed(1)} ms, loop lag p99 ${io.lagP99.toFixed(1)} ms`,
);

function runNode(script: string, ...flags: string[]): string {
  const path = fileURLToPath(new URL(script, import.meta.url));
  const child = spawnSync(process.execPath, [...flags, path], { encoding: "utf8" });
  if (child.status !== 0) throw new Error(`${script} failed: ${child.stderr}`);
  return child.stdout;
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}
