/** cancelling: a call that waits, one that listens and one that does not. The future is cancelled at once in all three. */
import { ThreadPoolExecutor } from "@async/pool";

import { inWorkers } from "../in-workers.ts";
import { outcomeOf } from "../outcome-of.ts";
import type { Scene } from "../scene.ts";
import { startCall } from "../start-call.ts";

export const cancelling: Scene = {
  title: "Cancel",
  about:
    "Python cancels only what has not started. Here also what runs: the call sees its signal abort, and a worker that does not listen is replaced.",

  async play({ say }) {
    // One worker, so that it is the same one that is asked afterwards.
    await using pool = new ThreadPoolExecutor({ maxWorkers: 1 });

    const { future: listening } = await startCall(pool, inWorkers.countUntilTold);
    const waiting = pool.submit(inWorkers.square, 2);
    say("waiting.cancel()", `${waiting.cancel()}: ${String(waiting)}`);

    say("listening.running()", String(listening.running()));
    listening.cancel("that is enough");
    say('listening.cancel("that is enough"), then await', await outcomeOf(() => listening));
    say("its worker, asked what it heard", await pool.submit(inWorkers.readNote));

    const { future: endless } = await startCall(pool, inWorkers.countForEver);
    const start = performance.now();
    endless.cancel();
    say("endless.cancel(), then await", await outcomeOf(() => endless));
    const result = await pool.submit(inWorkers.square, 3);
    const took = (performance.now() - start).toFixed(0);
    say("the next call", `${result}, by a new worker, ${took} ms after the cancel`);
  },
};
