import { isCancelled } from "@async/futures";
import { ThreadPoolExecutor } from "@async/pool";
import { createTask, run, sleep } from "@async/task";
import { workerWatch } from "@async/test-kit";
import { expect, it } from "vitest";

import { inWorkers } from "../src/in-workers.ts";
import { startCall } from "../src/start-call.ts";

it("gives a future that runs", { tags: ["slow"] }, () =>
  run(async () => {
    await using pool = new ThreadPoolExecutor({ maxWorkers: 1 });
    const { future } = await startCall(pool, inWorkers.countForEver);
    expect(future.running()).toBe(true);
    future.cancel();
  }),
);

it("cancelled, cancels the call, so that the pool can end", { tags: ["slow"] }, () =>
  run(async () => {
    using watch = workerWatch();
    {
      await using pool = new ThreadPoolExecutor({ maxWorkers: 1 });
      const task = createTask(() => startCall(pool, inWorkers.countForEver));
      await sleep(0);
      task.cancel();
      await expect(task).rejects.toSatisfy(isCancelled);
    }
    expect(watch.alive).toBe(0);
  }),
);
