/** Pools with workerpool. A worker script of its own registers the functions once; as few messages as it can send are sent. */
import { fileURLToPath } from "node:url";

import workerpool from "workerpool";

import { type OpenPool, WORKERS, workload } from "./workload.ts";

const script = fileURLToPath(new URL("workerpool-worker.ts", import.meta.url));

export const works = workload({
  threads: () => opened("thread"),
  processes: () => opened("process"),
});

function opened(workerType: "thread" | "process"): OpenPool {
  const pool = workerpool.pool(script, { workerType, minWorkers: WORKERS, maxWorkers: WORKERS });
  return {
    // Its promise is a thenable of its own whose `then` calls back at once: an await makes it a native one.
    call: async (name, argument) => (await pool.exec(name, [argument])) as number,
  };
}
