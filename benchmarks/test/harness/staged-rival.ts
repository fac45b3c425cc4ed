/** A rival that gives what a test says, and notes what it is asked. */
import { type Benchmark, benchmark } from "../../src/harness/benchmark.ts";
import { type Rival, type Run, RivalMissing } from "../../src/harness/rival.ts";

interface Stage {
  readonly log: string[];
  /** Returns what the run gives; default: all operations, in 100 ns each. */
  readonly answer?: (operations: number) => Run;
}

export function stagedRival(name: string, { log, answer = allDone }: Stage): Rival {
  return {
    name,
    async start() {
      log.push(`${name} starts`);
      return {
        version: "1",
        works: new Set(["count"]),
        async run(_work, sizes) {
          log.push(`${name} runs ${sizes["things"]!}`);
          return answer(sizes["things"]!);
        },
        stop: async () => void log.push(`${name} stops`),
      };
    },
  };
}

export function missingRival(name: string, reason: string): Rival {
  return {
    name,
    start: () => Promise.reject(new RivalMissing(reason)),
  };
}

/** Returns a benchmark with one work, to count things. */
export function staged(
  rivals: readonly Rival[],
  { fresh = false, rounds = Infinity } = {},
): Benchmark<{ count: { things: number } }> {
  return benchmark({
    name: "staged",
    title: "Staged",
    works: {
      count: {
        title: "count a thing",
        sizes: { things: 10 },
        tiny: { things: 2 },
        smaller: { rivals: ["slow"], sizes: { things: 5 } },
        operations: ({ things }) => things,
        targets: [{ rivals: ["theirs"], atLeast: 2 }],
        fresh,
        rounds,
      },
    },
    rivals,
  });
}

function allDone(operations: number): Run {
  return { done: operations, value: operations * 100, recorded: false };
}
