/** shuttingDown: what was submitted is done, what comes later is refused, and no worker is left. Or: what has not started is dropped. */
import { ThreadPoolExecutor } from "@async/pool";

import { inWorkers } from "../in-workers.ts";
import { outcomeOf } from "../outcome-of.ts";
import type { Scene } from "../scene.ts";
import { startCall } from "../start-call.ts";

export const shuttingDown: Scene = {
  title: "Shut down",
  about:
    "shutdown() ends the work and then the workers; `await using` calls it at the end of a block. With cancelFutures what has not started is dropped.",

  async play({ workers, say }) {
    const pool = new ThreadPoolExecutor({ maxWorkers: workers });
    const calls = [1, 2, 3, 4].map((number) => pool.submit(inWorkers.square, number));
    const end = pool.shutdown();
    say("submit after shutdown()", await outcomeOf(() => pool.submit(inWorkers.square, 5)));
    await end;
    say("await shutdown(), the calls before", calls.map((call) => call.result()).join(", "));
    say("  workers that are left", String(pool.statistics().workers.length));

    const other = new ThreadPoolExecutor({ maxWorkers: 1 });
    const { future: running } = await startCall(other, inWorkers.countUntilTold);
    const queued = [1, 2, 3].map((number) => other.submit(inWorkers.square, number));
    const cancelled = other.shutdown({ cancelFutures: true });
    say("shutdown({ cancelFutures: true }), queued", queued.map((call) => call.cancelled()).join(", "));
    running.cancel();
    await cancelled;
    say("  once the running call has ended: workers", String(other.statistics().workers.length));
  },
};
