/**
 * The benchmark of start-up: the time from starting Node to the end of a program that only imports a package, beside one that imports nothing.
 *
 * Ours are measured as they are published, and as sources, whose types Node strips at each start.
 */
import { spawnSync } from "node:child_process";
import process from "node:process";
import { fileURLToPath } from "node:url";

import { type Meter, benchmark } from "../harness/benchmark.ts";
import { inProcessRival } from "../harness/in-process-rival.ts";
import { libraryVersion } from "../harness/library-version.ts";
import type { NodeVersion } from "../harness/node-version.ts";
import { buildPackages } from "../harness/built-packages.ts";

const SOURCES = fileURLToPath(new URL(".", import.meta.url));
const PACKAGES = ["futures", "loop", "task", "sync", "pool"] as const;

const once = { sizes: {}, tiny: {}, operations: () => 1 } as const;

export const startUp = benchmark({
  name: "start-up",
  title: "Start-up",
  works: {
    futures: { ...once, title: "start Node and import `@async/futures`" },
    loop: { ...once, title: "start Node and import `@async/loop`" },
    task: { ...once, title: "start Node and import `@async/task`" },
    sync: { ...once, title: "start Node and import `@async/sync`" },
    pool: { ...once, title: "start Node and import `@async/pool`" },
  },
  rivals: [
    inProcessRival("@async", "built", async (node) => importsOf(node, await buildPackages())),
    inProcessRival("@async, sources", "sources", (node) => importsOf(node, SOURCES)),
    inProcessRival("nothing", "bare Node", (node) => each(() => startAndEnd(node, "", SOURCES))),
    inProcessRival("Effect", libraryVersion("effect"), (node) => ({
      task: startAndEnd(node, `import { Effect } from "effect"; void Effect;`, SOURCES),
    })),
    inProcessRival("Effection", libraryVersion("effection"), (node) => ({
      task: startAndEnd(node, `import "effection";`, SOURCES),
    })),
    inProcessRival("workerpool", libraryVersion("workerpool"), (node) => ({
      pool: startAndEnd(node, `import "workerpool";`, SOURCES),
    })),
    inProcessRival("piscina", libraryVersion("piscina"), (node) => ({
      pool: startAndEnd(node, `import "piscina";`, SOURCES),
    })),
  ],
});

type Start = (sizes: object, meter: Meter) => Promise<number>;

function importsOf(node: NodeVersion, folder: string): Record<string, Start> {
  return each((name) => startAndEnd(node, `import "@async/${name}";`, folder));
}

function each(startOf: (name: string) => Start): Record<string, Start> {
  return Object.fromEntries(PACKAGES.map((name) => [name, startOf(name)]));
}

/** @param folder - from which the program's imports are looked up */
function startAndEnd({ program }: NodeVersion, code: string, folder: string): Start {
  const ended = "ended";
  return async (_sizes, meter) => {
    const started = process.hrtime.bigint();
    const child = spawnSync(program, ["--input-type=module", "-e", `${code} console.log("${ended}")`], {
      cwd: folder,
      encoding: "utf8",
    });
    meter.record(Number(process.hrtime.bigint() - started));
    if (child.status !== 0) throw new Error(`${code} failed: ${child.stderr}`);
    return child.stdout.includes(ended) ? 1 : 0;
  };
}
