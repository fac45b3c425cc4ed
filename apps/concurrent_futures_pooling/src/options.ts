/** readOptions: the command line. What is wrong with it is said on standard error, and the exit code is 2. */
import { accessSync, constants, statSync } from "node:fs";
import { availableParallelism, tmpdir } from "node:os";
import path from "node:path";
import process from "node:process";

import { Command, InvalidArgumentError, Option } from "commander";

import type { Settings } from "./settings.ts";

export interface Options extends Settings {
  /** Print one JSON object and nothing else. */
  readonly json: boolean;
  /** The absolute path of the picture. */
  readonly svg: string;
}

const MOST_WORKERS = 64;
const MOST_NUMBERS = 1000;
const LARGEST_NUMBER = 1_000_000;
/** Times the largest number, it is still an exact double. */
const MOST_STEPS = 1_000_000_000;
const STEPS = 500_000_000;

export function readOptions(argv: readonly string[]): Options {
  return new Command("concurrent_futures_pooling")
    .description(
      "Does a job that computes and one that waits: in turn, on the event loop, on threads and on processes. Says which was faster, and shows what else pools can do.",
    )
    .option("--workers <number>", "threads or processes of a pool", workers, availableParallelism())
    .addOption(
      new Option("--numbers <list>", "the numbers to evaluate, such as 1-10 or 3,5,20-22")
        .argParser(numberList)
        .default(range(1, 10), "1-10"),
    )
    .option("--steps <number>", "how far each number is counted", steps, STEPS)
    .addOption(new Option("--json", "print one JSON object instead").default(false, "text"))
    .option(
      "--svg <file>",
      "where to draw the bar chart",
      writableFile,
      path.join(tmpdir(), "concurrent_futures_pooling.svg"),
    )
    .helpOption("-h, --help", "show this help")
    .exitOverride(({ exitCode }) => process.exit(exitCode === 0 ? 0 : 2))
    .parse(argv)
    .opts<Options & Record<string, unknown>>();
}

function workers(text: string): number {
  return wholeNumber(text, 1, MOST_WORKERS);
}

function steps(text: string): number {
  return wholeNumber(text, 1, MOST_STEPS);
}

function numberList(text: string): number[] {
  const numbers = text.split(",").flatMap((part) => {
    const [first = "", last = first, ...more] = part.split("-");
    if (more.length > 0) throw new InvalidArgumentError(`"${part}" is no number and no range such as 1-10.`);
    const [from, to] = [wholeNumber(first, 0, LARGEST_NUMBER), wholeNumber(last, 0, LARGEST_NUMBER)];
    if (from > to) throw new InvalidArgumentError(`The range ${part} ends before it begins.`);
    // Before it is made: a range can be longer than memory is wide.
    if (to - from >= MOST_NUMBERS) throw tooMany();
    return range(from, to);
  });
  if (numbers.length > MOST_NUMBERS) throw tooMany();
  return numbers;
}

function tooMany(): InvalidArgumentError {
  return new InvalidArgumentError(`It has to be at most ${MOST_NUMBERS} numbers.`);
}

function wholeNumber(text: string, least: number, most: number): number {
  const value = Number(text);
  if (/^\s*\d+\s*$/.test(text) && value >= least && value <= most) return value;
  throw new InvalidArgumentError(`"${text}" has to be a whole number from ${least} to ${most}.`);
}

/** Found out now, not when all is done and the picture is lost. */
function writableFile(text: string): string {
  const file = path.resolve(text);
  if (statSync(file, { throwIfNoEntry: false })?.isDirectory() === true)
    throw new InvalidArgumentError("It is a folder.");
  try {
    accessSync(path.dirname(file), constants.W_OK);
  } catch {
    throw new InvalidArgumentError(`No file can be written in the folder ${path.dirname(file)}.`);
  }
  return file;
}

function range(from: number, to: number): number[] {
  return Array.from({ length: to - from + 1 }, (_, index) => from + index);
}
