/** readOptions: the command line. What is wrong with it is said on standard error, and the exit code is 2. */
import process from "node:process";

import { Command, InvalidArgumentError } from "commander";

export interface Options {
  /** A file of keys; "-" is standard input. */
  readonly input?: string;
  /** Milliseconds before each key of a text. */
  readonly pace: number;
  /** Default: 1 with your keys, 4 with a text. */
  readonly speed?: number;
}

export const command = new Command("asyncio_coroutine")
  .description(
    "A finite state machine, a rocket launch, whose states are coroutines that hand over to one another, " +
      "while a heartbeat and a clock go on. Run it in a terminal and press the keys it offers, or give it a text.",
  )
  .option(
    "--input <file>",
    'read the keys from a file; "-" is standard input (default: your keys, else a sample)',
  )
  .option("--pace <ms>", "milliseconds before each key of a text", notNegative, 80)
  .option(
    "--speed <factor>",
    "how many times faster than real it goes (default: 1 with your keys, else 4)",
    positive,
  )
  .helpOption("-h, --help", "show this help")
  .addHelpText(
    "after",
    "\nA text has one character for each key; '.' lets a state's time run out; '#' begins a comment.",
  )
  .exitOverride(({ exitCode }) => process.exit(exitCode === 0 ? 0 : 2));

export function readOptions(argv: readonly string[]): Options {
  return command.parse(argv).opts<Options & Record<string, unknown>>();
}

function notNegative(text: string): number {
  const value = text.trim() === "" ? NaN : Number(text);
  if (value >= 0 && value < Infinity) return value;
  throw new InvalidArgumentError("It has to be a number, 0 or more.");
}

function positive(text: string): number {
  const value = notNegative(text);
  if (value > 0) return value;
  throw new InvalidArgumentError("It has to be a number above 0.");
}
