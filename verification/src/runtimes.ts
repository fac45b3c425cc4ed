/**
 * The command `pnpm conformance:runtimes`: replays the fixtures on every runtime that the packages support, each in a
 * child process.
 *
 * Exit code 1 when one differs. A runtime that is not installed on this platform is named as left out.
 */
import { spawnSync } from "node:child_process";
import process from "node:process";
import { fileURLToPath } from "node:url";

import { installedRuntimes, type Runtime } from "@async/runtimes";

const wanted = ["node-22", "node-24", "node-26", "bun", "deno"];
const conformance = fileURLToPath(new URL("conformance.ts", import.meta.url));
const installed = new Map(installedRuntimes().map((runtime) => [runtime.name, runtime]));

for (const name of wanted) {
  const runtime = installed.get(name);
  if (runtime) {
    if (!replayOn(runtime)) process.exitCode = 1;
  } else {
    console.log(`${name}: left out, not installed on this platform`);
  }
}

/** Prints what the runtime found and returns whether every program was equal. */
function replayOn({ name, command: [program, ...args] }: Runtime): boolean {
  const child = spawnSync(program, [...args, conformance], { encoding: "utf8" });
  if (child.status === 0) {
    console.log(`${name}: ${child.stdout.trim().replaceAll("\n", ", ")}`);
    return true;
  }
  console.log(
    `${name}: failed (${child.error?.message ?? `exit code ${child.status}`})\n${child.stdout}${child.stderr}`,
  );
  return false;
}
