/** Pools with Tinypool. */
import { fileURLToPath } from "node:url";

import { Tinypool } from "tinypool";

import { type OpenPool, WORKERS, workload } from "./workload.ts";

const filename = fileURLToPath(new URL("worker-functions.ts", import.meta.url));

export const works = workload({
  threads: () => opened("worker_threads"),
  processes: () => opened("child_process"),
});

function opened(runtime: "worker_threads" | "child_process"): OpenPool {
  const pool = new Tinypool({ filename, runtime, minThreads: WORKERS, maxThreads: WORKERS });
  return {
    call: (name, argument) => pool.run(argument, { name }) as Promise<number>,
  };
}
