/**
 * The JavaScript runtimes that the packages are tested on, as found on this machine.
 *
 * Their versions are pinned once, in the package.json beside this file. They have a package of their own because each
 * brings a `node` command: in any other package it would take the place of the Node that runs our scripts. The binaries
 * exist for Linux on x64 only, so elsewhere the list holds nothing but the Node that asks.
 */
import { existsSync } from "node:fs";
import process from "node:process";
import { fileURLToPath } from "node:url";

export interface Runtime {
  /** `node-22`, `node-24`, `node-26`, `bun` or `deno`. */
  readonly name: string;
  /** What stands before the path of a script: the program, then its own arguments. */
  readonly command: readonly [program: string, ...args: string[]];
}

/** Returns the Node that runs this, then each pinned runtime that is installed. */
export function installedRuntimes(): Runtime[] {
  const [major] = process.versions.node.split(".");
  return [{ name: `node-${major}`, command: [process.execPath] }, ...pinned.filter(isInstalled)];
}

const pinned: Runtime[] = [
  { name: "node-22", command: [binary("node-22/bin/node")] },
  { name: "node-24", command: [binary("node-24/bin/node")] },
  { name: "bun", command: [binary("@oven/bun-linux-x64/bin/bun")] },
  { name: "deno", command: [binary("@deno/linux-x64-glibc/deno"), "run", "--allow-all"] },
];

function binary(path: string): string {
  return fileURLToPath(new URL(`node_modules/${path}`, import.meta.url));
}

function isInstalled({ command: [program] }: Runtime): boolean {
  return existsSync(program);
}
