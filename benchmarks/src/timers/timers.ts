/** The benchmark of timers: most are set and cancelled, the others should fire when they are due. */
import { benchmark } from "../harness/benchmark.ts";
import { nodeRival, ours } from "../harness/node-rival.ts";
import { asyncio, asyncioOfUvloop, uvloop } from "../harness/python-rival.ts";

const python = new URL("asyncio.py", import.meta.url);

export const timers = benchmark({
  name: "timers",
  title: "Timers",
  works: {
    setAndCancel: {
      title: "set + cancel a timer, 1,000 set at a time",
      sizes: { timers: 1_000_000, atATime: 1_000 },
      tiny: { timers: 20, atATime: 5 },
      operations: ({ timers }) => timers,
      targets: [{ rivals: ["asyncio"], atLeast: 3 }],
    },
    sleeps: {
      title: "sleep, 100,000 at once, each up to 100 ms",
      sizes: { sleeps: 100_000, longest: 100 },
      tiny: { sleeps: 5, longest: 2 },
      operations: ({ sleeps }) => sleeps,
    },
    lateness: {
      title: "how late a 1 ms timer is while 100 tasks switch (99th percentile)",
      sizes: { timers: 500, tasks: 100 },
      tiny: { timers: 3, tasks: 2 },
      operations: ({ timers }) => timers,
    },
  },
  rivals: [
    ours(new URL("ours.ts", import.meta.url)),
    asyncio(python),
    uvloop(python),
    asyncioOfUvloop(python),
    nodeRival("setTimeout", new URL("host.ts", import.meta.url)),
  ],
});
