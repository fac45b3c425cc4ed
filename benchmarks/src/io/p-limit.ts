/** The works of I/O with p-limit: a promise for each request, made when its turn comes. */
import pLimit from "p-limit";

import type { Meter, WorksOf } from "../harness/benchmark.ts";
import { getOk } from "./get-ok.ts";
import type { io as benchmark } from "./io.ts";
import { watchLag } from "./lag.ts";
import { startServer } from "./processes.ts";

export const works: WorksOf<typeof benchmark> = {
  requests: ({ requests, atATime }, meter) => send(requests, atATime, meter),

  requestsLag: async ({ requests, atATime }, meter) => {
    let lag = () => 0;
    const start = () => void (lag = watchLag());
    return send(requests, atATime, { start, stop: () => meter.record(lag()) });
  },
};

async function send(
  requests: number,
  atATime: number,
  clock: Pick<Meter, "start" | "stop">,
): Promise<number> {
  const { url, stop } = await startServer();
  const limit = pLimit(atATime);
  clock.start();
  const answers = await Promise.all(Array.from({ length: requests }, () => limit(() => getOk(url))));
  clock.stop();
  stop();
  return answers.reduce((sum, answer) => sum + answer, 0);
}
