/** The program: reads the command line, shows the chapters, then draws the timeline of their tasks as text and as a picture. */
import { writeFile } from "node:fs/promises";
import process from "node:process";
import { styleText } from "node:util";

import { run } from "@async/task";

import { chapters } from "./chapters/chapters.ts";
import { type CommandLine, CommandLineError, parseCommandLine, usage } from "./command-line.ts";
import { showChapters } from "./show-chapters.ts";
import { drawPicture } from "./svg/picture.ts";
import { drawChart } from "./text/chart.ts";
import { ruled } from "./text/ruled.ts";
import { textWidth } from "./text/text-width.ts";

process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  // The reader has seen enough: `| head`.
  if (error.code === "EPIPE") process.exit(0);
  throw error;
});

const commandLine = readCommandLine();
if (commandLine?.help === true) console.log(usage);
else if (commandLine !== null) await main(commandLine);

async function main({ number, k, svg }: CommandLine): Promise<void> {
  const width = textWidth(process.env["COLUMNS"], process.stdout.columns);
  const page = { width, print: (line: string) => console.log(line) };
  const timeline = await run(showChapters(chapters, { number, k }, page));

  console.log(`\n${ruled("Timeline", width)}\n`);
  console.log(drawChart(timeline, width));
  await writeFile(svg, drawPicture(timeline));
  console.log(`\nThe same as a picture: ${styleText("underline", svg)}`);
}

function readCommandLine(): CommandLine | null {
  try {
    return parseCommandLine(process.argv.slice(2));
  } catch (error) {
    if (!(error instanceof CommandLineError)) throw error;
    console.error(`${error.message}\n\nTry --help.`);
    process.exitCode = 2;
    return null;
  }
}
