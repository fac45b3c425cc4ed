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
const REQUESTS = 2_000;

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
  const lag = monitorEventLoopDelay({ resolution: 1 });
  lag.enable();
  const latency = await ensureFuture(measureRequests(port));
  lag.disable();
  isServing = false;
  await switchers;
  server.close();
  const lagP99 = lag.percentile(99) / 1e6;
  console.log(JSON.stringify({ requests: REQUESTS, switches, latencyP99: latency, lagP99 }));
});

/** Resolves to the latency at the 99th percentile, measured by the client. */
async function measureRequests(port: number): Promise<number> {
  const client = fileURLToPath(new URL("http-client.ts", import.meta.url));
  const child = spawn(process.execPath, [client, `${port}`, `${REQUESTS}`], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  let output = "";
  for await (const chunk of child.stdout) output += String(chunk);
  return Number(output);
}
