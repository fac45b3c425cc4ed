/** readOptions: the command line. What is wrong with it is said on standard error, and the exit code is 2. */
import process from "node:process";

import { Command, InvalidArgumentError } from "commander";

import { chapters } from "./chapters.ts";

export interface Options {
  /** The number of the only chapter to run, from 1. */
  readonly chapter?: number;
  /** Milliseconds that the three functions go on. */
  readonly duration: number;
}

export function readOptions(argv: readonly string[]): Options {
  return new Command("asyncio_event_loop")
    .description(
      "The life of an event loop, in chapters: it is created, runs callbacks, keeps time, waits, and is closed.",
    )
    .option("--chapter <number>", "run this chapter only", chapterNumber)
    .option("--duration <ms>", "how long the three functions of chapter 3 take turns", milliseconds, 1500)
    .helpOption("-h, --help", "show this help")
    .addHelpText(
      "after",
      `\nChapters:\n${chapters.map(({ title }, index) => `  ${index + 1}  ${title}`).join("\n")}`,
    )
    .exitOverride(({ exitCode }) => process.exit(exitCode === 0 ? 0 : 2))
    .parse(argv)
    .opts<Options & Record<string, unknown>>();
}

function chapterNumber(text: string): number {
  const value = Number(text);
  if (Number.isInteger(value) && value >= 1 && value <= chapters.length) return value;
  throw new InvalidArgumentError(`It has to be a number from 1 to ${chapters.length}.`);
}

function milliseconds(text: string): number {
  const value = text.trim() === "" ? NaN : Number(text);
  if (value >= 0 && value < Infinity) return value;
  throw new InvalidArgumentError("It has to be a number of milliseconds, 0 or more.");
}
