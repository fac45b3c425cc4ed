/** Pools with Piscina, which has threads only; with the settings that were the fastest here. */
import { fileURLToPath } from "node:url";

import { Piscina } from "piscina";

import { WORKERS, workload } from "./workload.ts";

const filename = fileURLToPath(new URL("worker-functions.ts", import.meta.url));

export const works = workload({
  threads: () => {
    const pool = new Piscina<number, number>({
      filename,
      minThreads: WORKERS,
      maxThreads: WORKERS,
      idleTimeout: Infinity,
    });
    return {
      call: (name, argument) => pool.run(argument, { name }),
    };
  },
});
