/**
 * The start command: runs the demo apps one after another, or the one that is named.
 *
 * The first app that fails ends the run with its exit code.
 */
import { globSync } from "node:fs";
import path from "node:path";
import process from "node:process";

import { runProgram } from "./run-program.ts";

const folder = path.resolve(import.meta.dirname, "../apps");
const apps = globSync("*/src/main.ts", { cwd: folder }).map((file) => path.dirname(path.dirname(file)));
apps.sort();

/** What is passed to an app that is one of several. Watched by itself it may take its time, so that its figures say more. */
const briefly: Readonly<Record<string, readonly string[]>> = {
  concurrent_futures_pooling: ["--steps", "100000000"],
};

const usage = `Usage: pnpm start [app [options of the app]]

Runs the demo apps one after another, or the one that is named.
The apps are: ${apps.join(", ")}`;

const [name, ...args] = process.argv.slice(2);
if (name === undefined) {
  process.exitCode = await runAll();
} else if (name === "--help" || name === "-h") {
  console.log(usage);
} else if (apps.includes(name)) {
  process.exitCode = await runApp(name, args);
} else {
  console.error(`There is no app named ${name}.\n\n${usage}`);
  process.exitCode = 2;
}

async function runAll(): Promise<number> {
  for (const app of apps) {
    console.log(`\n=== ${app} ===\n`);
    const code = await runApp(app, briefly[app] ?? []);
    if (code !== 0) return code;
  }
  return 0;
}

function runApp(app: string, args: readonly string[]): Promise<number> {
  return runProgram(path.join(folder, app, "src/main.ts"), args);
}
