/** Sends requests to a port on loopback, ten at a time, and prints their latency at the 99th percentile in milliseconds. */
import { performance } from "node:perf_hooks";
import process from "node:process";

const CONCURRENCY = 10;
const [port, requests] = process.argv.slice(2).map(Number) as [number, number];

const latencies: number[] = [];
let left = requests;

async function client(): Promise<void> {
  while (left-- > 0) {
    const start = performance.now();
    const response = await fetch(`http://127.0.0.1:${port}/`);
    if ((await response.text()) !== "ok") throw new Error("Wrong answer");
    latencies.push(performance.now() - start);
  }
}

await Promise.all(Array.from({ length: CONCURRENCY }, client));
latencies.sort((a, b) => a - b);
console.log(latencies[Math.floor(latencies.length * 0.99)]);
