/** Runs an example as a program of its own, as a reader would who copied it into a file. */
import { spawn } from "node:child_process";
import path from "node:path";
import process from "node:process";
import { text } from "node:stream/consumers";
import type { Readable, Writable } from "node:stream";

import type { Example } from "./find-examples.ts";
import { brokenClaims, readClaims, type Printed } from "./printed-claims.ts";

/** In milliseconds. An example that takes longer waits for something that never comes. */
const patience = 15_000;

/** Resolves to what went wrong, with the file and the line where the example stands; to nothing if all is well. */
export async function runExample(example: Example): Promise<string[]> {
  const { claims, code } = readClaims(example.code, example.line);
  const preload = path.join(import.meta.dirname, "report-printed.ts");
  // From standard input, so that `@async/...` resolves from this folder.
  const child = spawn(process.execPath, ["--import", preload, "--input-type=module-typescript"], {
    cwd: import.meta.dirname,
    stdio: ["pipe", "ignore", "pipe", "pipe"],
    timeout: patience,
  });
  const [input, , stderr, report] = child.stdio as [Writable, null, Readable, Readable, undefined];
  // Empty lines in front make its line numbers those of the document.
  input.end("\n".repeat(example.line - 1) + code);
  const ended = new Promise<number | null>((resolve) => child.on("close", resolve));
  const [errors, reports, exitCode] = await Promise.all([text(stderr), text(report), ended]);

  if (exitCode === null) return [`${example.file}:${example.line}: did not end within ${patience} ms`];
  if (exitCode !== 0) {
    const inDocument = errors.replaceAll(/[^\s()]*\[eval1?\]/g, example.file);
    return [`${example.file}:${example.line}: ended with exit code ${exitCode}\n${inDocument}`];
  }
  const printed = reports.split("\n").filter(Boolean);
  return brokenClaims(
    example.file,
    claims,
    printed.map((report) => JSON.parse(report) as Printed),
  );
}
