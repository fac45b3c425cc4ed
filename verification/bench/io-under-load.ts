/**
 * Serves HTTP requests on loopback while 10,000 tasks switch without pause, and prints the latency of the requests and the lag of the host's
 * loop, in milliseconds at the 99th percentile, as JSON. The client is a process of its own, so that its own work is not counted.
 */
import { spawn } from "node:child_process";
import { createServer } from "node:http";
import { type AddressInfo } from "node:net";
import { monitorEventLoopDelay } from "node:perf_hooks";
import { fileURLToPath } from "node:url";

import { ensureFuture, gather, run, sleep } from "@async/task";

const TASKS = 10_000;
const WARM_UP = 500;
const REQUESTS = 5_000;
/** Milliseconds between two samples of the lag. */
const RESOLUTION = 1;

await run(async () => {
  const server = createServer((_request, response) => response.end("ok"));
  await ensureFuture(new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve)));
  const { port } = server.address() as AddressInfo;

  let isServing = true;
  let switches = 0;
  const switcher = async (): Promise<void> => {
    while (isServing) {
      await sleep(0);
      switches += 1;
    }
  };
  const switchers = gather(Array.from({ length: TASKS }, () => () => switcher()));
  await ensureFuture(measureRequests(port, WARM_UP));
  const lag = monitorEventLoopDelay({ resolution: RESOLUTION });
  lag.enable();
  const latency = await ensureFuture(measureRequests(port, REQUESTS));
  lag.disable();
  isServing = false;
  await switchers;
  server.close();
  // What is recorded is the time between two samples.
  const lagP99 = lag.percentile(99) / 1e6 - RESOLUTION;
  console.log(JSON.stringify({ requests: REQUESTS, switches, latencyP99: latency, lagP99 }));
});

/** Resolves to the latency at the 99th percentile, measured by the client. */
async function measureRequests(port: number, requests: number): Promise<number> {
  const client = fileURLToPath(new URL("http-client.ts", import.meta.url));
  const child = spawn(process.execPath, [client, `${port}`, `${requests}`], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  let output = "";
  for await (const chunk of child.stdout) output += String(chunk);
  return Number(output);
}
