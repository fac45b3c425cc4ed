/** The works of I/O, ours: a task for each request, and a semaphore. The servers and clients are Node's own. */
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

import { Semaphore } from "@async/sync";
import { ensureFuture, gather, run, sleep } from "@async/task";

import type { Meter, WorksOf } from "../harness/benchmark.ts";
import { getOk } from "./get-ok.ts";
import type { io as benchmark } from "./io.ts";
import { watchLag } from "./lag.ts";
import { latencyOf, startServer } from "./processes.ts";

export const works: WorksOf<typeof benchmark> = {
  requests: ({ requests, atATime }, meter) => run(() => send(requests, atATime, meter)),

  requestsLag: ({ requests, atATime }, meter) =>
    run(async () => {
      let lag = () => 0;
      const start = () => void (lag = watchLag());
      return send(requests, atATime, { start, stop: () => meter.record(lag()) });
    }),

  served: ({ requests, tasks }, meter) =>
    run(async () => {
      meter.record((await serve(requests, tasks)).latency);
      return requests;
    }),

  servedLag: ({ requests, tasks }, meter) =>
    run(async () => {
      meter.record((await serve(requests, tasks)).lag);
      return requests;
    }),
};

async function send(
  requests: number,
  atATime: number,
  clock: Pick<Meter, "start" | "stop">,
): Promise<number> {
  const { url, stop } = await ensureFuture(startServer());
  const semaphore = new Semaphore(atATime);
  const request = async () => {
    const guard = await semaphore.acquire();
    try {
      return await getOk(url);
    } finally {
      guard.release();
    }
  };
  clock.start();
  const answers = await gather(Array.from({ length: requests }, () => () => request()));
  clock.stop();
  stop();
  return answers.reduce((sum, answer) => sum + answer, 0);
}

async function serve(requests: number, tasks: number): Promise<{ latency: number; lag: number }> {
  const server = createServer((_request, response) => response.end("ok"));
  await ensureFuture(new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve)));
  let isServing = true;
  const switcher = async () => {
    while (isServing) await sleep(0);
  };
  const switchers = gather(Array.from({ length: tasks }, () => () => switcher()));
  const lag = watchLag();
  const latency = await ensureFuture(latencyOf((server.address() as AddressInfo).port, requests));
  const result = { latency, lag: lag() };
  isServing = false;
  await switchers;
  server.close();
  server.closeAllConnections();
  return result;
}
