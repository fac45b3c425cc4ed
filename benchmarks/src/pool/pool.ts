/**
 * The benchmark of pools: two workers, threads where nothing else is said. The pool is open and has answered before.
 *
 * `spin` keeps a worker busy for so many microseconds of the clock, so that it is the same work in every language.
 */
import { benchmark } from "../harness/benchmark.ts";
import { nodeRival, ours } from "../harness/node-rival.ts";
import { asyncio } from "../harness/python-rival.ts";

const peers = ["workerpool", "piscina", "tinypool", "poolifier"] as const;

export const pool = benchmark({
  name: "pool",
  title: "Pools of workers",
  works: {
    burst: {
      title: "call of an empty function, 20,000 at once",
      sizes: { calls: 20_000 },
      tiny: { calls: 5 },
      operations: ({ calls }) => calls,
      targets: [{ rivals: peers, atLeast: 12 }],
    },
    spin10: {
      title: "call that takes 10 µs, 20,000 at once",
      sizes: { calls: 20_000, microseconds: 10 },
      tiny: { calls: 5, microseconds: 10 },
      operations: ({ calls }) => calls,
      targets: [{ rivals: peers, atLeast: 1.8 }],
    },
    map: {
      title: "item of a map over 100,000 (Python: processes, in chunks of 100)",
      sizes: { items: 100_000 },
      tiny: { items: 5 },
      operations: ({ items }) => items,
      targets: [
        { rivals: peers, atLeast: 50 },
        { rivals: ["Python"], atLeast: 8 },
      ],
    },
    flood: {
      title: "call of an empty function, 100,000 at once",
      sizes: { calls: 100_000 },
      tiny: { calls: 5 },
      operations: ({ calls }) => calls,
      targets: [{ rivals: peers, atLeast: 7 }],
    },
    inFlight: {
      title: "call of an empty function, 64 under way",
      sizes: { calls: 20_000, underWay: 64 },
      tiny: { calls: 5, underWay: 2 },
      operations: ({ calls }) => calls,
      targets: [{ rivals: peers, atLeast: 3.5 }],
    },
    spin100: {
      title: "call that takes 100 µs, 5,000 at once",
      sizes: { calls: 5_000, microseconds: 100 },
      tiny: { calls: 5, microseconds: 100 },
      operations: ({ calls }) => calls,
      targets: [{ rivals: peers, atLeast: 1.15 }],
    },
    spin1000: {
      title: "call that takes 1 ms, 500 at once",
      sizes: { calls: 500, microseconds: 1_000 },
      tiny: { calls: 3, microseconds: 1_000 },
      operations: ({ calls }) => calls,
      targets: [{ rivals: peers, atLeast: 0.97 }],
    },
    processes: {
      title: "call of an empty function in processes, 10,000 at once",
      sizes: { calls: 10_000 },
      tiny: { calls: 5 },
      operations: ({ calls }) => calls,
      targets: [{ rivals: peers, atLeast: 8 }],
    },
    roundTrip: {
      title: "call and answer, one at a time (median)",
      sizes: { calls: 5_000 },
      tiny: { calls: 5 },
      operations: ({ calls }) => calls,
      targets: [{ rivals: peers, atLeast: 1 / 1.1 }],
    },
    coldStart: {
      title: "first answer of a new pool",
      sizes: {},
      tiny: {},
      operations: () => 1,
      fresh: true,
      targets: [{ rivals: ["workerpool"], atLeast: 1 / 1.15 }],
    },
    heldUp: {
      title: "calls of 10 µs, of 10,000, that end after one of 300 ms among them",
      sizes: { calls: 10_000, microseconds: 10, long: 300_000 },
      tiny: { calls: 10, microseconds: 10, long: 20_000 },
      operations: ({ calls }) => calls,
      unit: "count",
      absolute: true,
      targets: [{ atMost: 5 }],
    },
  },
  rivals: [
    ours(new URL("ours.ts", import.meta.url)),
    nodeRival("workerpool", new URL("workerpool.ts", import.meta.url), "workerpool"),
    nodeRival("piscina", new URL("piscina.ts", import.meta.url), "piscina"),
    nodeRival("tinypool", new URL("tinypool.ts", import.meta.url), "tinypool"),
    nodeRival("poolifier", new URL("poolifier.ts", import.meta.url), "poolifier"),
    asyncio(new URL("executors.py", import.meta.url), "Python"),
  ],
});
