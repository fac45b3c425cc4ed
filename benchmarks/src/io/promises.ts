/**
 * The works of I/O with bare promises: the floor. So many senders take the next request each; what keeps the loop busy are turns of the host's
 * loop, each of which looks for I/O.
 */
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { setImmediate as turn } from "node:timers/promises";

import type { Meter, WorksOf } from "../harness/benchmark.ts";
import { getOk } from "./get-ok.ts";
import type { io as benchmark } from "./io.ts";
import { watchLag } from "./lag.ts";
import { latencyOf, startServer } from "./processes.ts";

export const works: WorksOf<typeof benchmark> = {
  requests: ({ requests, atATime }, meter) => send(requests, atATime, meter),

  requestsLag: async ({ requests, atATime }, meter) => {
    let lag = () => 0;
    const start = () => void (lag = watchLag());
    return send(requests, atATime, { start, stop: () => meter.record(lag()) });
  },

  served: async ({ requests, tasks }, meter) => {
    meter.record((await serve(requests, tasks)).latency);
    return requests;
  },

  servedLag: async ({ requests, tasks }, meter) => {
    meter.record((await serve(requests, tasks)).lag);
    return requests;
  },
};

async function send(
  requests: number,
  atATime: number,
  clock: Pick<Meter, "start" | "stop">,
): Promise<number> {
  const { url, stop } = await startServer();
  let left = requests;
  let answered = 0;
  const sender = async () => {
    while (left-- > 0) {
      const answer = await getOk(url);
      answered += answer;
    }
  };
  clock.start();
  await Promise.all(Array.from({ length: atATime }, sender));
  clock.stop();
  stop();
  return answered;
}

async function serve(requests: number, tasks: number): Promise<{ latency: number; lag: number }> {
  const server = createServer((_request, response) => response.end("ok"));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  let isServing = true;
  const switcher = async () => {
    while (isServing) await turn();
  };
  const switchers = Promise.all(Array.from({ length: tasks }, () => switcher()));
  const lag = watchLag();
  const latency = await latencyOf((server.address() as AddressInfo).port, requests);
  const result = { latency, lag: lag() };
  isServing = false;
  await switchers;
  server.close();
  server.closeAllConnections();
  return result;
}
