/** Pools, ours. Calls are waited for as in Python, with `wait`. */
import { type Future, wait } from "@async/futures";
import { ProcessPoolExecutor, ThreadPoolExecutor, workerModule } from "@async/pool";

import type * as workerFunctions from "./worker-functions.ts";
import { type OpenPool, WORKERS, workload } from "./workload.ts";

const functions = workerModule<typeof workerFunctions>(new URL("worker-functions.ts", import.meta.url));

export const works = workload({
  threads: () => opened(new ThreadPoolExecutor({ maxWorkers: WORKERS })),
  processes: () => opened(new ProcessPoolExecutor({ maxWorkers: WORKERS })),
});

function opened(executor: ThreadPoolExecutor | ProcessPoolExecutor): OpenPool {
  return {
    call: (name, argument) => executor.submit(functions[name], argument),
    async all(calls) {
      const futures = calls as readonly Future<number>[];
      await wait(futures);
      return futures.map((future) => future.result());
    },
    async map(items) {
      const answers: number[] = [];
      for await (const answer of executor.map(functions.echo, items)) answers.push(answer);
      return answers;
    },
  };
}
