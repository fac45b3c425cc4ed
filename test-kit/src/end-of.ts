/** endOf: how a child process ended, and all that it printed. */
import type { ChildProcess } from "node:child_process";
import { once } from "node:events";

export interface Ended {
  /** Null if a signal ended it. SIGKILL comes from us, because it did not end. */
  readonly exitCode: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Milliseconds. Less than a slow test may take: what a program that hangs has printed says more than that time is up. */
const PATIENCE = 20_000;

/** Resolves once the process has ended and nothing more can come of it; kills it if it hangs. Ask in the turn of its start. */
export async function endOf(child: ChildProcess): Promise<Ended> {
  const impatience = setTimeout(() => child.kill("SIGKILL"), PATIENCE);
  const [stdout, stderr] = [collect(child.stdout), collect(child.stderr)];
  try {
    const [exitCode, signal] = (await once(child, "close")) as [number | null, NodeJS.Signals | null];
    return { exitCode, signal, stdout: stdout.join(""), stderr: stderr.join("") };
  } finally {
    clearTimeout(impatience);
  }
}

/** Returns a list that grows with the output. Not `text(stream)`, which rejects if the test closes the stream. */
function collect(stream: ChildProcess["stdout"]): string[] {
  const parts: string[] = [];
  stream?.setEncoding("utf8").on("data", (part: string) => parts.push(part));
  return parts;
}
