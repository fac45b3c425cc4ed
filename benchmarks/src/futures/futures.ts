/** The benchmark of futures: set and awaited, handed to and fro, with callbacks. */
import { benchmark } from "../harness/benchmark.ts";
import { nodeRival, ours } from "../harness/node-rival.ts";
import { asyncio, asyncioOfUvloop, uvloop } from "../harness/python-rival.ts";

const python = new URL("asyncio.py", import.meta.url);

export const futures = benchmark({
  name: "futures",
  title: "Futures",
  works: {
    resolved: {
      title: "create, set and await a future",
      sizes: { futures: 500_000 },
      tiny: { futures: 5 },
      operations: ({ futures }) => futures,
    },
    pingPong: {
      title: "ping-pong of two tasks, one way",
      sizes: { exchanges: 100_000 },
      tiny: { exchanges: 5 },
      operations: ({ exchanges }) => 2 * exchanges,
    },
    callbacks: {
      title: "done callback, 10 of them on each future",
      sizes: { futures: 20_000, callbacks: 10 },
      tiny: { futures: 5, callbacks: 3 },
      operations: ({ futures, callbacks }) => futures * callbacks,
    },
  },
  rivals: [
    ours(new URL("ours.ts", import.meta.url)),
    asyncio(python),
    uvloop(python),
    asyncioOfUvloop(python),
    nodeRival("promises", new URL("promises.ts", import.meta.url)),
  ],
});
