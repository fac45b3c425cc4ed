import { spawn } from "node:child_process";
import { once } from "node:events";
import { Worker } from "node:worker_threads";

import { expect, it } from "vitest";

import { workerWatch } from "../src/index.ts";

it("counts threads and processes from their start to their end", { tags: ["slow"] }, async () => {
  using watch = workerWatch();
  const thread = new Worker("setInterval(() => {}, 1000)", { eval: true });
  const child = spawn(process.execPath, ["--eval", "setInterval(() => {}, 1000)"]);
  expect([watch.started, watch.alive]).toEqual([2, 2]);
  const ended = watch.allEnded();
  await Promise.all([once(thread, "online"), once(child, "spawn")]);
  watch.end(0);
  await once(thread, "exit");
  expect([watch.started, watch.alive]).toEqual([2, 1]);
  watch.end(0);
  await ended;
  expect([watch.started, watch.alive]).toEqual([2, 0]);
});

it("sees nothing any more once it was disposed of", { tags: ["slow"] }, async () => {
  const watch = workerWatch();
  watch[Symbol.dispose]();
  const thread = new Worker("", { eval: true });
  await once(thread, "exit");
  expect(watch.started).toBe(0);
});
