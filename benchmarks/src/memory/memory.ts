/**
 * The benchmark of memory: what a waiting task costs, and what is left when many are gone.
 *
 * In JavaScript it is the heap after a garbage collection; in Python, for the waiting tasks, what `tracemalloc` counts as allocated, and for
 * the long runs, which it would make five times as long, the resident memory of the process.
 */
import { benchmark } from "../harness/benchmark.ts";
import { nodeRival, ours } from "../harness/node-rival.ts";
import { asyncio } from "../harness/python-rival.ts";

const MEGABYTE = 1e6;

export const memory = benchmark({
  name: "memory",
  title: "Memory",
  works: {
    sleeping: {
      title: "a task that sleeps, one of 100,000",
      sizes: { tasks: 100_000 },
      tiny: { tasks: 10 },
      operations: ({ tasks }) => tasks,
      unit: "bytes",
      fresh: true,
      targets: [{ rivals: ["asyncio"], atLeast: 1 }],
    },
    afterTasks: {
      title: "growth after 5,000,000 tasks created and awaited",
      sizes: { tasks: 5_000_000 },
      tiny: { tasks: 10 },
      operations: ({ tasks }) => tasks,
      unit: "bytes",
      fresh: true,
      rounds: 1,
      absolute: true,
      targets: [{ atMost: MEGABYTE }],
    },
    afterTimers: {
      title: "growth after 1,000,000 cancelled timers and 1,000,000 timeouts that were not needed",
      sizes: { each: 1_000_000 },
      tiny: { each: 10 },
      operations: ({ each }) => 2 * each,
      unit: "bytes",
      fresh: true,
      rounds: 1,
      absolute: true,
      targets: [{ atMost: MEGABYTE }],
    },
  },
  rivals: [
    ours(new URL("ours.ts", import.meta.url)),
    asyncio(new URL("asyncio.py", import.meta.url)),
    nodeRival("Effect", new URL("effect.ts", import.meta.url), "effect"),
    nodeRival("promises", new URL("promises.ts", import.meta.url)),
  ],
});
