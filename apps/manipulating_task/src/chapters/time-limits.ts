/** Time limits: when the time is up the work is stopped, not just no longer waited for. */
import { TimeoutError } from "@async/futures";
import { createTask, gather, sleep, timeout, waitFor } from "@async/task";

import type { Chapter } from "../chapter.ts";
import { showValue } from "../text/show-value.ts";

export const timeLimits: Chapter = {
  title: "Time limits",
  about:
    "timeout gives a block a time limit, waitFor an awaitable. When the time is up, what runs inside is cancelled, and a TimeoutError comes out.",

  async run({ watch, say }) {
    const ask = async (duration: number) => {
      say(`asks; the answer takes ${showValue(duration)} ms`);
      try {
        return await sleep(duration, "an answer");
      } finally {
        say("hangs up");
      }
    };
    const quick = watch(createTask(() => timeout(200, () => ask(80)), { name: "quick" }));
    const slow = watch(createTask(() => timeout(200, () => ask(60_000)), { name: "slow" }));
    const [answer, error] = await gather([quick, slow], { returnExceptions: true });
    say(`timeout(200) gives ${String(answer)}, and ${String(error)}`);

    const inner = watch(createTask(() => ask(60_000), { name: "inner" }));
    try {
      await waitFor(inner, 150);
    } catch (error) {
      if (!(error instanceof TimeoutError)) throw error;
      say(`waitFor(inner, 150) throws ${String(error)}`);
    }
  },
};
