/** deadWorkers: a worker dies while it runs a call. The caller is told which, and how; the calls of others do not notice. */
import { ProcessPoolExecutor, ThreadPoolExecutor } from "@async/pool";

import { inWorkers } from "../in-workers.ts";
import { outcomeOf } from "../outcome-of.ts";
import { pools } from "../pools.ts";
import type { Scene } from "../scene.ts";

export const deadWorkers: Scene = {
  title: "A worker dies",
  about:
    "In Python all futures of the pool fail, and it takes no more calls. Here only the call fails that the worker ran, unless you ask for Python's way.",

  async play({ workers, say }) {
    for (const { name, make } of pools) {
      await using pool = make({ maxWorkers: workers });
      const before = pool.submit(inWorkers.square, 2);
      const deadly = pool.submit(inWorkers.exit, 7);
      const behind = [3, 4, 5].map((number) => pool.submit(inWorkers.square, number));
      say(`${name}: submit(exit, 7)`, await outcomeOf(() => deadly));
      const others = await Promise.all([before, ...behind]);
      say("  the calls around it", others.join(", "));
    }

    await using processes = new ProcessPoolExecutor({ maxWorkers: workers });
    say("processes: submit(killProcess)", await outcomeOf(() => processes.submit(inWorkers.killProcess)));
    say(
      "  workers that died, and the next call",
      `${processes.statistics().died}, ${await processes.submit(inWorkers.square, 6)}`,
    );

    await using fragile = new ThreadPoolExecutor({ maxWorkers: workers, onWorkerDeath: "break" });
    await outcomeOf(() => fragile.submit(inWorkers.exit, 7));
    const next = await outcomeOf(() => fragile.submit(inWorkers.square, 6));
    say('with onWorkerDeath: "break", the next call', next);
  },
};
