/** The command line: what the user may set, and what we say when it cannot be. */
import { accessSync, constants, statSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { parseArgs } from "node:util";

/** What the tasks of the first chapter compute. */
export interface Numbers {
  readonly number: number;
  readonly k: number;
}

export interface CommandLine extends Numbers {
  readonly help: boolean;
  /** The absolute path of the picture. */
  readonly svg: string;
}

const MOST = 10_000;

export const usage = `Usage: pnpm start manipulating_task [options]

Creates, gathers, cancels, times out, shields and groups tasks, and draws a timeline of them.

Options:
  --number N    compute N! and the Nth Fibonacci number, 1 to ${MOST} (default: 10)
  --k K         compute the binomial coefficient C(N, K), 0 to N (default: half of N)
  --svg FILE    where to draw the timeline
                (default: manipulating_task.svg in the folder for temporary files)
  -h, --help    print this

Environment:
  COLUMNS       how wide the text is (default: the terminal, else 80)
  NO_COLOR=1    no colours; there are none either when the output is no terminal`;

/** The user asked for something that is not possible; the message says what. */
export class CommandLineError extends Error {
  static {
    this.prototype.name = "CommandLineError";
  }
}

/** @throws CommandLineError for an unknown option or an impossible value. */
export function parseCommandLine(args: readonly string[]): CommandLine {
  const values = parse(args);
  if (values.help) return { help: true, number: 1, k: 0, svg: "" };
  const number = wholeNumber("number", values.number, 1, MOST);
  const k = values.k === undefined ? Math.floor(number / 2) : wholeNumber("k", values.k, 0, number);
  const svg = path.resolve(values.svg);
  checkWritable(svg);
  return { help: false, number, k, svg };
}

interface Values {
  readonly help: boolean;
  readonly number: string;
  readonly k?: string | undefined;
  readonly svg: string;
}

function parse(args: readonly string[]): Values {
  try {
    return parseArgs({
      args: [...args],
      options: {
        help: { type: "boolean", short: "h", default: false },
        number: { type: "string", default: "10" },
        k: { type: "string" },
        svg: { type: "string", default: path.join(tmpdir(), "manipulating_task.svg") },
      },
    }).values;
  } catch (error) {
    throw new CommandLineError((error as Error).message, { cause: error });
  }
}

function wholeNumber(option: string, text: string, least: number, most: number): number {
  const number = Number(text);
  if (/^\d+$/.test(text) && number >= least && number <= most) return number;
  throw new CommandLineError(`--${option} takes a whole number from ${least} to ${most}, not "${text}"`);
}

/** Found out now, not when all is done and the picture is lost. */
function checkWritable(file: string): void {
  if (statSync(file, { throwIfNoEntry: false })?.isDirectory() === true)
    throw new CommandLineError(`--svg takes a file, and ${file} is a folder`);
  const folder = path.dirname(file);
  try {
    accessSync(folder, constants.W_OK);
  } catch (error) {
    throw new CommandLineError(`--svg: no file can be written in the folder ${folder}`, { cause: error });
  }
}
