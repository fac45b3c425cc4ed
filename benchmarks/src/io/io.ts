/** The benchmark of I/O: requests sent under a limit, and requests answered while tasks keep the loop busy. All of it on loopback. */
import { benchmark } from "../harness/benchmark.ts";
import { nodeRival, ours } from "../harness/node-rival.ts";
import { asyncio, asyncioOfUvloop, uvloop } from "../harness/python-rival.ts";

const python = new URL("asyncio.py", import.meta.url);
const MILLISECOND = 1e6;

export const io = benchmark({
  name: "io",
  title: "I/O",
  works: {
    requests: {
      title: "HTTP request, 100 at a time",
      sizes: { requests: 2_000, atATime: 100 },
      tiny: { requests: 5, atATime: 2 },
      operations: ({ requests }) => requests,
      targets: [{ rivals: ["p-limit"], atLeast: 0.97 }],
    },
    requestsLag: {
      title: "lag of the loop while it sends 100 requests at a time (99th percentile)",
      sizes: { requests: 2_000, atATime: 100 },
      tiny: { requests: 5, atATime: 2 },
      operations: ({ requests }) => requests,
      targets: [{ atMost: 5 * MILLISECOND }],
    },
    served: {
      title: "answer to an HTTP request while 10,000 tasks switch (99th percentile)",
      sizes: { requests: 2_000, tasks: 10_000 },
      tiny: { requests: 5, tasks: 10 },
      operations: ({ requests }) => requests,
    },
    servedLag: {
      title: "lag of the loop while it answers and 10,000 tasks switch (99th percentile)",
      sizes: { requests: 2_000, tasks: 10_000 },
      tiny: { requests: 5, tasks: 10 },
      operations: ({ requests }) => requests,
      targets: [{ atMost: 5 * MILLISECOND }],
    },
  },
  rivals: [
    ours(new URL("ours.ts", import.meta.url)),
    asyncio(python),
    uvloop(python),
    asyncioOfUvloop(python),
    nodeRival("p-limit", new URL("p-limit.ts", import.meta.url), "p-limit"),
    nodeRival("promises", new URL("promises.ts", import.meta.url)),
  ],
});
