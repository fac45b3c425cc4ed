/** Loaded before an example: a `console.log` that also tells the parent process, on a pipe of its own, what it printed. */
import { writeSync } from "node:fs";
import { format } from "node:util";

const pipe = 3;

function reportedLog(line: number): typeof console.log {
  return (...values: unknown[]) => {
    console.log(...values);
    writeSync(pipe, `${JSON.stringify([line, format(...values)])}\n`);
  };
}

Object.assign(console, { reportedLog });
