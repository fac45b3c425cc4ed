/** The program: reads the command line, then tells the chapters, one after another. */
import process from "node:process";

import { newEventLoop } from "@async/loop";

import { chapters } from "./chapters.ts";
import { readOptions } from "./options.ts";
import { Page } from "./page.ts";

const { chapter: only, duration } = readOptions(process.argv);
// A reader such as `head` may have seen enough.
process.stdout.on("error", (error: NodeJS.ErrnoException) => process.exit(error.code === "EPIPE" ? 0 : 1));
const page = new Page((text) => process.stdout.write(text));

for (const [index, { title, tell }] of chapters.entries()) {
  const number = index + 1;
  if (only !== undefined && number !== only) continue;
  page.title(`${number}  ${title}`);
  await tell(page, { duration, newLoop: newEventLoop });
  page.line("");
}
