/** NodeVersion: a Node that runs the rivals written in JavaScript. */
import { spawnSync } from "node:child_process";
import process from "node:process";

import { installedRuntimes } from "@async/runtimes";

export interface NodeVersion {
  readonly program: string;
  /** `26.10.0` */
  readonly version: string;
}

/** The Node that runs this. */
export const ownNode: NodeVersion = { program: process.execPath, version: process.versions.node };

/**
 * Returns the Node with the major version.
 *
 * @throws Error when it is not installed here.
 */
export function nodeOf(major: string): NodeVersion {
  const runtimes = installedRuntimes().filter(({ name }) => name.startsWith("node-"));
  const runtime = runtimes.find(({ name }) => name === `node-${major}`);
  if (runtime === undefined) {
    const names = runtimes.map(({ name }) => name.replace("node-", "")).join(", ");
    throw new Error(`There is no Node ${major} here; there is ${names}.`);
  }
  const [program] = runtime.command;
  const { stdout } = spawnSync(program, ["--version"], { encoding: "utf8" });
  return { program, version: stdout.trim().slice(1) };
}
