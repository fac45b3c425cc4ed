/** readOptions: the command line. What is wrong with it is said on standard error, and the exit code is 2. */
import process from "node:process";

import { Argument, Command, InvalidArgumentError, Option } from "commander";

import { type NodeVersion, nodeOf, ownNode } from "./harness/node-version.ts";

export interface Options {
  /** The benchmarks to run; none: all. */
  readonly names: readonly string[];
  readonly rounds: number;
  /** Milliseconds for each rival and work. */
  readonly warmUp: number;
  /** The works to run; default: all. */
  readonly only?: readonly string[];
  /** What runs the rivals written in JavaScript, ours too; default: the Node that runs this. */
  readonly node: NodeVersion;
  /** Whether the results are kept. */
  readonly save: boolean;
  /** Nothing is measured: the tables and charts are written again. */
  readonly report: boolean;
}

/** @param known - the names of the benchmarks */
export function readOptions(argv: readonly string[], known: readonly string[]): Options {
  const command = new Command("pnpm bench")
    .description(
      "Measures this repository beside its rivals, in rounds in which they take turns, and keeps the results in benchmarks/results/.",
    )
    .addArgument(new Argument("[name...]", "the benchmarks to run (default: all)").choices(known))
    .option("--rounds <number>", "rounds that count", positive, 5)
    .option("--warm-up <ms>", "how long each rival does each work before them", positive, 1000)
    .option(
      "--only <works>",
      "some works of a benchmark, by name, with commas between; nothing is kept",
      list,
    )
    .addOption(
      new Option("--node <major>", "another Node for what is written in JavaScript: 22, 24 (Linux on x64)")
        .argParser(installedNode)
        .default(ownNode, "the one that runs this"),
    )
    .option("--no-save", "do not keep the results")
    .option("--report", "measure nothing: write the tables, the charts and the README's table again", false)
    .helpOption("-h, --help", "show this help")
    .exitOverride(({ exitCode }) => process.exit(exitCode === 0 ? 0 : 2))
    .parse(argv);
  return { names: command.args, ...command.opts<Omit<Options, "names">>() };
}

function positive(text: string): number {
  const value = Number(text);
  if (Number.isInteger(value) && value > 0) return value;
  throw new InvalidArgumentError("It has to be a whole number above 0.");
}

function installedNode(major: string): NodeVersion {
  try {
    return nodeOf(major);
  } catch (error) {
    throw new InvalidArgumentError((error as Error).message);
  }
}

function list(text: string): readonly string[] {
  return text.split(",");
}
