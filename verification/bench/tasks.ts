/** Measures the hot paths of tasks once, and prints nanoseconds per operation as JSON. `tasks.py` does the same work on CPython. */
import { performance } from "node:perf_hooks";

import { createTask, gather, run, sleep } from "@async/task";

const TASKS = 100;
const SLEEPS = 10_000;
const CREATED = 200_000;

let switches = 0;
let finished = 0;

async function sleeper(): Promise<void> {
  for (let i = 0; i < SLEEPS; i++) {
    await sleep(0);
    switches += 1;
  }
}

async function empty(): Promise<void> {
  finished += 1;
}

async function nanosecondsPer(operations: number, work: () => PromiseLike<unknown>): Promise<number> {
  const start = performance.now();
  await work();
  return ((performance.now() - start) * 1e6) / operations;
}

await run(async () => {
  const result = {
    switch: await nanosecondsPer(TASKS * SLEEPS, () =>
      gather(Array.from({ length: TASKS }, () => () => sleeper())),
    ),
    create: await nanosecondsPer(CREATED, async () => {
      for (let i = 0; i < CREATED; i++) await createTask(empty);
    }),
    gather: await nanosecondsPer(CREATED, () => gather(Array.from({ length: CREATED }, () => () => empty()))),
  };
  if (switches !== TASKS * SLEEPS || finished !== 2 * CREATED) throw new Error("The work was not done");
  console.log(JSON.stringify(result));
});
