/** Pools with poolifier: fixed ones, which give a call to a worker at once. */
import { fileURLToPath } from "node:url";

import { FixedClusterPool, FixedThreadPool } from "poolifier";

import { type OpenPool, WORKERS, workload } from "./workload.ts";

const threadScript = fileURLToPath(new URL("poolifier-thread.ts", import.meta.url));
const clusterScript = fileURLToPath(new URL("poolifier-cluster.ts", import.meta.url));

export const works = workload({
  threads: () => opened(new FixedThreadPool<number, number>(WORKERS, threadScript)),
  processes: () => opened(new FixedClusterPool<number, number>(WORKERS, clusterScript)),
});

function opened(pool: FixedThreadPool<number, number> | FixedClusterPool<number, number>): OpenPool {
  return {
    call: (name, argument) => pool.execute(argument, name),
  };
}
