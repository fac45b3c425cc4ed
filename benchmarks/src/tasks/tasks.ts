/** The benchmark of tasks: turns of the loop, tasks created and awaited, gathered, grouped, cancelled. */
import { benchmark } from "../harness/benchmark.ts";
import { nodeRival, ours } from "../harness/node-rival.ts";
import { asyncio, asyncioOfUvloop, uvloop } from "../harness/python-rival.ts";

const python = new URL("asyncio.py", import.meta.url);

export const tasks = benchmark({
  name: "tasks",
  title: "Tasks",
  works: {
    switch: {
      title: "task switch, 100 tasks",
      sizes: { tasks: 100, turns: 10_000 },
      tiny: { tasks: 3, turns: 5 },
      operations: ({ tasks, turns }) => tasks * turns,
      targets: [
        { rivals: ["asyncio"], atLeast: 5 },
        { rivals: ["uvloop"], atLeast: 2.4 },
      ],
    },
    switchInContext: {
      title: "task switch, 100 tasks, inside a context of the user",
      sizes: { tasks: 100, turns: 10_000 },
      tiny: { tasks: 3, turns: 5 },
      operations: ({ tasks, turns }) => tasks * turns,
    },
    switchOne: {
      title: "task switch, one task",
      sizes: { turns: 200_000 },
      tiny: { turns: 5 },
      operations: ({ turns }) => turns,
    },
    create: {
      title: "create + await a task",
      sizes: { tasks: 200_000 },
      smaller: { rivals: ["Effection"], sizes: { tasks: 10_000 } },
      tiny: { tasks: 5 },
      operations: ({ tasks }) => tasks,
      targets: [
        { rivals: ["asyncio"], atLeast: 4.5 },
        { rivals: ["uvloop"], atLeast: 2 },
        { rivals: ["Effect"], atLeast: 3 },
      ],
    },
    eager: {
      title: "create a task that starts at once and ends at once",
      sizes: { tasks: 200_000 },
      tiny: { tasks: 5 },
      operations: ({ tasks }) => tasks,
    },
    gather: {
      title: "gather 200,000 tasks",
      sizes: { tasks: 200_000 },
      smaller: { rivals: ["Effection"], sizes: { tasks: 10_000 } },
      tiny: { tasks: 5 },
      operations: ({ tasks }) => tasks,
      targets: [{ rivals: ["asyncio"], atLeast: 5 }],
    },
    group: {
      title: "task group of 10,000",
      sizes: { groups: 10, tasks: 10_000 },
      smaller: { rivals: ["Effection"], sizes: { groups: 1, tasks: 10_000 } },
      tiny: { groups: 2, tasks: 5 },
      operations: ({ groups, tasks }) => groups * tasks,
    },
    cancel: {
      title: "cancel 100,000 sleeping tasks",
      sizes: { tasks: 100_000 },
      smaller: { rivals: ["Effection"], sizes: { tasks: 10_000 } },
      tiny: { tasks: 5 },
      operations: ({ tasks }) => tasks,
    },
    chain: {
      title: "return through a chain of 100 awaits",
      sizes: { chains: 5_000, depth: 100 },
      tiny: { chains: 2, depth: 5 },
      operations: ({ chains, depth }) => chains * depth,
    },
  },
  rivals: [
    ours(new URL("ours.ts", import.meta.url)),
    asyncio(python),
    uvloop(python),
    asyncioOfUvloop(python),
    nodeRival("Effect", new URL("effect.ts", import.meta.url), "effect"),
    nodeRival("Effection", new URL("effection.ts", import.meta.url), "effection"),
    nodeRival("promises", new URL("promises.ts", import.meta.url)),
  ],
});
