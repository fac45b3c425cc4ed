/** outcomes: what a future is before and after, and how an error comes over from a worker: as the object that it was. */
import { wait } from "@async/futures";
import { ProcessPoolExecutor } from "@async/pool";

import { inWorkers } from "../in-workers.ts";
import { NotReal } from "../not-real.ts";
import type { Scene } from "../scene.ts";

export const outcomes: Scene = {
  title: "Results and exceptions",
  about:
    "A future holds the result or the error. The error comes from another process with its class, its code and its fields, and says where it was thrown.",

  async play({ workers, say }) {
    await using pool = new ProcessPoolExecutor({ maxWorkers: workers });
    const good = pool.submit(inWorkers.square, 12);
    const bad = pool.submit(inWorkers.squareRoot, -1);
    say("good = submit(square, 12)", String(good));
    await wait([good, bad]);
    say("await wait([good, bad]), then good", String(good));
    say("good.result()", String(good.result()));

    const error = bad.exception();
    say("bad.exception()", String(error));
    if (!(error instanceof NotReal)) throw error;
    say("  instanceof NotReal, code, number", `true, ${error.code}, ${error.number}`);
    say("  cause", String(error.cause));
  },
};
