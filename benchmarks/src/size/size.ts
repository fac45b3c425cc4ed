/**
 * The benchmark of size: what a package adds to a program, with all that it imports, as one minified file, gzipped.
 *
 * Packages are measured whole. For libraries of which nobody uses all there are programs (`programs/`) that do the same with each, so that the
 * bundler can leave out the rest.
 */
import { type Meter, benchmark } from "../harness/benchmark.ts";
import { inProcessRival } from "../harness/in-process-rival.ts";
import { libraryVersion } from "../harness/library-version.ts";
import type { Rival } from "../harness/rival.ts";
import { bundledSize, bundledSizeOfFile } from "./bundle.ts";

const once = { sizes: {}, tiny: {}, operations: () => 1, unit: "bytes", rounds: 1 } as const;

export const size = benchmark({
  name: "size",
  title: "Size",
  works: {
    futures: { ...once, title: "all of `@async/futures`" },
    loop: { ...once, title: "all of `@async/loop`" },
    task: { ...once, title: "all of `@async/task` (Effection: all of it)", targets: [{ atMost: 10_000 }] },
    sync: { ...once, title: "all of `@async/sync` (async-mutex: all of it)" },
    pool: { ...once, title: "all of `@async/pool` (the other pools: all of them)" },
    tasks: { ...once, title: "a program with tasks, a timeout and a group" },
    limit: { ...once, title: "a program that does ten things at a time" },
  },
  rivals: [
    inProcessRival("@async", "this repository", () => ({
      futures: whole("@async/futures"),
      loop: whole("@async/loop"),
      task: whole("@async/task"),
      sync: whole("@async/sync"),
      pool: whole("@async/pool"),
      tasks: program("tasks-ours.ts"),
      limit: program("limit-ours.ts"),
    })),
    library("Effect", "effect", {
      tasks: program("tasks-effect.ts"),
      limit: program("limit-effect.ts"),
    }),
    library("Effection", "effection", { task: whole("effection"), tasks: program("tasks-effection.ts") }),
    library("async-mutex", "async-mutex", { sync: whole("async-mutex") }),
    library("p-queue", "p-queue", { limit: program("limit-p-queue.ts") }),
    library("p-limit", "p-limit", { limit: program("limit-p-limit.ts") }),
    ...["workerpool", "piscina", "tinypool", "poolifier"].map((name) =>
      library(name, name, { pool: whole(name) }),
    ),
  ],
});

type Measure = (sizes: object, meter: Meter) => Promise<number>;

function library(name: string, packageName: string, works: Readonly<Record<string, Measure>>): Rival {
  return inProcessRival(name, libraryVersion(packageName), () => works);
}

function whole(packageName: string): Measure {
  return async (_sizes, meter) => {
    meter.record(await bundledSize(`import * as all from "${packageName}"; console.log(all);`));
    return 1;
  };
}

function program(file: string): Measure {
  return async (_sizes, meter) => {
    meter.record(await bundledSizeOfFile(file));
    return 1;
  };
}
