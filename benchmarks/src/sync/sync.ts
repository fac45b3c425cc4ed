/**
 * The benchmark of synchronisation: locks, semaphores, queues, and a bound on how much goes on at a time.
 *
 * What is held is held for a turn: `sleep(0)`, Effect's `yieldNow`, and one `await` where there are only promises, whose waiters wake in
 * microtasks: there a turn costs far less, and others than those who wait get none.
 */
import { benchmark } from "../harness/benchmark.ts";
import { nodeRival, ours } from "../harness/node-rival.ts";
import { asyncio, asyncioOfUvloop, uvloop } from "../harness/python-rival.ts";

const python = new URL("asyncio.py", import.meta.url);

export const sync = benchmark({
  name: "sync",
  title: "Locks and queues",
  works: {
    lock: {
      title: "acquire + release a lock that is free",
      sizes: { times: 500_000 },
      tiny: { times: 5 },
      operations: ({ times }) => times,
      targets: [{ rivals: ["asyncio"], atLeast: 1.2 }],
    },
    contendedLock: {
      title: "acquire + release a lock that 100 tasks want, held for a turn",
      sizes: { tasks: 100, times: 1_000 },
      tiny: { tasks: 3, times: 2 },
      operations: ({ tasks, times }) => tasks * times,
    },
    semaphore: {
      title: "acquire + release one of 10 places that 100 tasks want, held for a turn",
      sizes: { places: 10, tasks: 100, times: 1_000 },
      tiny: { places: 2, tasks: 5, times: 2 },
      operations: ({ tasks, times }) => tasks * times,
    },
    handOver: {
      title: "hand an item over, queue of size 1",
      sizes: { items: 100_000, room: 1 },
      tiny: { items: 5, room: 1 },
      operations: ({ items }) => items,
      targets: [{ rivals: ["asyncio"], atLeast: 4 }],
    },
    queue: {
      title: "pass an item on, queue of size 1,000",
      sizes: { items: 300_000, room: 1_000 },
      tiny: { items: 5, room: 2 },
      operations: ({ items }) => items,
    },
    priorityQueue: {
      title: "put + get in order, priority queue of 100,000",
      sizes: { items: 100_000 },
      tiny: { items: 5 },
      operations: ({ items }) => items,
    },
    bounded: {
      title: "do something that takes a turn, 100 at a time",
      sizes: { things: 100_000, atATime: 100 },
      tiny: { things: 5, atATime: 2 },
      operations: ({ things }) => things,
    },
  },
  rivals: [
    ours(new URL("ours.ts", import.meta.url)),
    asyncio(python),
    uvloop(python),
    asyncioOfUvloop(python),
    nodeRival("Effect", new URL("effect.ts", import.meta.url), "effect"),
    nodeRival("async-mutex", new URL("async-mutex.ts", import.meta.url), "async-mutex"),
    nodeRival("p-limit", new URL("p-limit.ts", import.meta.url), "p-limit"),
    nodeRival("p-queue", new URL("p-queue.ts", import.meta.url), "p-queue"),
    nodeRival("p-map", new URL("p-map.ts", import.meta.url), "p-map"),
  ],
});
