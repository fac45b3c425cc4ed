/** timeLimits: a limit for a call, for an iteration, and for a block of code. What takes longer is stopped, not left to run unseen. */
import { ThreadPoolExecutor } from "@async/pool";
import { timeout } from "@async/task";

import { inWorkers } from "../in-workers.ts";
import { outcomeOf } from "../outcome-of.ts";
import type { Scene } from "../scene.ts";
import { outcomesOf } from "../outcome-of.ts";

/** Milliseconds. */
const LIMIT = 100;

export const timeLimits: Scene = {
  title: "Time limits",
  about:
    "For one call, counted from its start on the worker; for a whole iteration; and for a block of code, whatever it awaits. What takes longer is stopped.",

  async play({ workers, say }) {
    await using pool = new ThreadPoolExecutor({ maxWorkers: workers });
    const { countForEver, nap } = inWorkers;
    // The time of an iteration counts from its beginning. It is not to be that in which the first worker starts.
    await pool.submit(nap, 1);
    say(
      `map(nap, [10, 20, ${3 * LIMIT}], { timeout: ${LIMIT} })`,
      await outcomesOf(pool.map(nap, [10, 20, 3 * LIMIT], { timeout: LIMIT })),
    );
    say(
      `with({ timeout: ${LIMIT} }).submit(countForEver)`,
      await outcomeOf(() => pool.with({ timeout: LIMIT }).submit(countForEver)),
    );
    const call = pool.submit(countForEver);
    const block = await outcomeOf(() => timeout(LIMIT, async () => await call));
    say(`timeout(${LIMIT}, () => submit(countForEver))`, `${block}; the call: ${String(call)}`);
  },
};
