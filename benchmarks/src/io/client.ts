/**
 * The client of what a rival serves, in a process of its own: sends requests to a port, ten at a time, and prints the milliseconds within which
 * 99 of 100 were answered.
 *
 *     node client.ts <port> <how many>
 */
import { performance } from "node:perf_hooks";
import process from "node:process";

import { quantile } from "d3-array";

const AT_A_TIME = 10;
const WARM_UP = 200;
const [port, requests] = process.argv.slice(2).map(Number) as [number, number];

await send(Math.min(requests, WARM_UP));
console.log(quantile(await send(requests), 0.99));

/** Resolves to how long each took. */
async function send(count: number): Promise<number[]> {
  const latencies: number[] = [];
  let left = count;
  const sender = async () => {
    while (left-- > 0) {
      const started = performance.now();
      const response = await fetch(`http://127.0.0.1:${port}/`);
      if ((await response.text()) !== "ok") throw new Error("The answer is not what the server was to say");
      latencies.push(performance.now() - started);
    }
  };
  await Promise.all(Array.from({ length: AT_A_TIME }, sender));
  return latencies;
}
