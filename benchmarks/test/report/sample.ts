/** A result with all that a report has to show: a rival that is faster, one left out, a target missed, a work without ratios. */
import type { Result } from "../../src/harness/result.ts";

export const sample: Result = {
  benchmark: "tasks",
  title: "Tasks & more",
  command: "pnpm bench tasks",
  date: "2031-05-04",
  node: "26.10.0",
  machine: { processor: "CPU", cores: 2, memory: 24, system: "Linux 6 x64", loadBefore: 0.1 },
  rounds: 3,
  rivals: [
    { name: "@async", version: "Node 26.10.0" },
    { name: "asyncio", version: "CPython 3.13.0" },
    { name: "promises", version: "Node 26.10.0" },
    { name: "other", version: "other 1.0.0" },
  ],
  leftOut: [{ name: "uvloop", reason: "no Python here has it" }],
  works: [
    {
      name: "switch",
      title: "task switch, 100 tasks",
      unit: "time",
      values: [
        { rival: "@async", median: 312.4, ratio: 1, spread: 0.021, samples: [310, 312.4, 330] },
        { rival: "asyncio", median: 1_624, ratio: 5.2, spread: 0.01, samples: [1_600, 1_624, 1_700] },
        { rival: "promises", median: 46.9, ratio: 0.15, spread: 0.2, samples: [40, 46.9, 60] },
        { rival: "other", median: 624.8, ratio: 2, spread: 0, samples: [624.8, 624.8, 624.8] },
      ],
      targets: [
        { target: { rivals: ["asyncio"], atLeast: 5 }, reached: 5.2, met: true },
        { target: { rivals: ["uvloop"], atLeast: 2.4 }, reached: null, met: null },
      ],
    },
    {
      name: "growth",
      title: "growth of the heap",
      unit: "bytes",
      values: [{ rival: "@async", median: 2_500_000, ratio: null, spread: 0, samples: [2_500_000] }],
      targets: [{ target: { atMost: 1_000_000 }, reached: 2_500_000, met: false }],
    },
  ],
};
