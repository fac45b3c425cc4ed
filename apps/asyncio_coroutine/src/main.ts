/** The program: reads the command line, then runs the launch. Interrupted, it ends tidily with the exit code that shells expect. */
import process from "node:process";

import { run } from "@async/task";

import { launch } from "./launch.ts";
import { openText, openInput } from "./input/open-input.ts";
import { command, readOptions } from "./options.ts";
import { Page } from "./page.ts";

const { input, pace, speed } = readOptions(process.argv);
const text = input === undefined ? null : await openText(input).catch(refuse);
// A reader such as `head` may have seen enough.
process.stdout.on("error", (error: NodeJS.ErrnoException) => process.exit(error.code === "EPIPE" ? 0 : 1));
const page = new Page((text) => process.stdout.write(text));
page.heading(
  "A launch: each state is a coroutine that hands over to the next one, while a heartbeat (·) goes on.",
);
await run(() => launch(page, (group) => openInput(text, pace, group), speed));

function refuse(error: unknown): never {
  return command.error(`error: cannot read --input: ${(error as Error).message}`);
}
