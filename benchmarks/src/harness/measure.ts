/**
 * measure: runs a benchmark in rounds in which the rivals take turns, ours first: ours, theirs, ours, theirs.
 *
 * What disturbs the machine for a while so disturbs all of them alike, and the ratios stand. Before that each of them warms up for the same
 * time: a quick one needs as long as a slow one until its code is compiled, and so more runs. And each of its turns begins with some that do not
 * count: while it waited, V8 has shrunk its heap and thrown code away.
 */
import type { Benchmark, Work } from "./benchmark.ts";
import { thisMachine } from "./machine.ts";
import type { NodeVersion } from "./node-version.ts";
import { type LeftOut, type Result, type RivalValue, type WorkResult, judge } from "./result.ts";
import { type Contestant, type Rival, RivalMissing } from "./rival.ts";
import type { Sizes } from "./sizes.ts";
import { summarize } from "./statistics.ts";

/** The part of the warm-up that is done again at each turn. */
const WAKE_UP = 0.2;

export interface MeasureOptions {
  readonly node: NodeVersion;
  readonly rounds: number;
  /** Milliseconds for which each rival does each work before it counts: at least once, if it is not 0. */
  readonly warmUp: number;
  /** What was typed, for the result. */
  readonly command: string;
  /** The works to run; default: all. */
  readonly only?: readonly string[] | undefined;
  /** With sizes that show only that the work gets done. */
  readonly tiny?: boolean;
  /** Called with a line for the reader: what is under way, and who was left out. */
  readonly say: (line: string) => void;
}

/** @throws Error when a work was not done, or a rival failed at it. */
export async function measure(benchmark: Benchmark, options: MeasureOptions): Promise<Result> {
  const machine = thisMachine();
  const starts = await Promise.allSettled(
    benchmark.rivals.map(async (rival) => ({ rival, contestant: await rival.start(options.node) })),
  );
  const entries = starts.filter((start) => start.status === "fulfilled").map(({ value }) => value);
  const leftOut: LeftOut[] = [];
  const works: WorkResult[] = [];
  try {
    for (const [index, start] of starts.entries()) {
      if (start.status === "fulfilled") continue;
      const { name } = benchmark.rivals[index]!;
      leftOut.push({ name, reason: reasonToLeaveOut(start.reason) });
      options.say(`${name}: left out, ${leftOut.at(-1)!.reason}`);
    }
    for (const [name, work] of Object.entries(benchmark.works)) {
      if (options.only?.includes(name) === false) continue;
      works.push(await measureWork(name, work, entries, options));
    }
  } finally {
    await Promise.all(entries.map(({ contestant }) => contestant.stop()));
  }
  return {
    benchmark: benchmark.name,
    title: benchmark.title,
    command: options.command,
    date: new Date().toISOString().slice(0, 10),
    node: options.node.version,
    machine,
    rounds: options.rounds,
    rivals: entries.map(({ rival, contestant }) => ({ name: rival.name, version: contestant.version })),
    leftOut,
    works,
  };
}

/** @throws what was thrown, if it does not mean that the rival is missing. */
function reasonToLeaveOut(thrown: unknown): string {
  if (thrown instanceof RivalMissing) return thrown.message;
  throw thrown;
}

interface Entry {
  readonly rival: Rival;
  readonly contestant: Contestant;
}

async function measureWork(
  name: string,
  work: Work,
  entries: readonly Entry[],
  options: MeasureOptions,
): Promise<WorkResult> {
  const able = entries.filter(({ contestant }) => contestant.works.has(name));
  const samples = new Map(able.map((entry) => [entry, [] as number[]]));
  const rounds = Math.min(options.rounds, work.rounds ?? Infinity);
  const runOnce = (entry: Entry) => {
    const sizes = options.tiny === true ? work.tiny : sizesFor(work, entry.rival);
    return runWork(name, work, sizes, entry, options.node);
  };
  /** Resolves to the number of runs, at least one. */
  const runFor = async (milliseconds: number, entry: Entry) => {
    const end = performance.now() + milliseconds;
    let runs = 0;
    do {
      await runOnce(entry);
      runs += 1;
    } while (performance.now() < end);
    return runs;
  };
  /** Those whose runs are shorter than the warm-up: a longer one warms itself up. */
  const quick = new Set<Entry>();
  // A fresh process has nothing that could be warm.
  if (work.fresh !== true && options.warmUp > 0) {
    for (const entry of able) {
      options.say(`${work.title}: warm-up, ${entry.rival.name}`);
      if ((await runFor(options.warmUp, entry)) > 1) quick.add(entry);
    }
  }
  for (let round = 1; round <= rounds; round++) {
    for (const entry of able) {
      options.say(`${work.title}: round ${round}, ${entry.rival.name}`);
      if (quick.has(entry)) await runFor(options.warmUp * WAKE_UP, entry);
      samples.get(entry)!.push(await runOnce(entry));
    }
  }
  const values = compare(work, samples);
  const targets = (work.targets ?? []).map((target) => judge(target, values));
  return { name, title: work.title, unit: work.unit ?? "time", values, targets };
}

function sizesFor({ smaller, sizes }: Work, { name }: Rival): Sizes {
  return smaller?.rivals.includes(name) === true ? smaller.sizes : sizes;
}

/** Resolves to the value of one run: of one operation, or as the work has set it. */
async function runWork(
  name: string,
  work: Work,
  sizes: Sizes,
  { rival, contestant }: Entry,
  node: NodeVersion,
): Promise<number> {
  const runner = work.fresh === true ? await rival.start(node) : contestant;
  try {
    const { done, value, recorded } = await runner.run(name, sizes);
    const operations = work.operations(sizes);
    if (done !== operations) {
      throw new Error(
        `${rival.name} did not do the work "${work.title}": ${done} of ${operations} operations`,
      );
    }
    if (!Number.isFinite(value)) throw new Error(`${rival.name} gave no value for "${work.title}"`);
    return recorded ? value : value / operations;
  } finally {
    if (runner !== contestant) await runner.stop();
  }
}

function compare(work: Work, samples: ReadonlyMap<Entry, readonly number[]>): RivalValue[] {
  const summaries = [...samples].map(([{ rival }, values]) => ({
    rival: rival.name,
    samples: values,
    ...summarize(values),
  }));
  const ours = summaries[0]?.median ?? NaN;
  return summaries.map(({ median, ...rest }) => ({
    ...rest,
    median,
    ratio: work.absolute === true ? null : median / ours,
  }));
}
