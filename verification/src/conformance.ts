/**
 * The command `pnpm conformance`: replays the fixtures, or fresh programs made and recorded on the spot.
 *
 * Exit code 1 when a program differs, 2 when the command was not understood. Without a CPython, `--fresh` says so and ends
 * with 0: nothing was found to differ.
 */
import { parseArgs } from "node:util";

import { command } from "./command.ts";
import { findCPython, oldestPython, pythonCommands } from "./cpython.ts";
import { fixtureNames, readFixture } from "./fixtures.ts";
import { type Mismatch, describeMismatch, replayAll } from "./replay.ts";
import { shrink } from "./shrink.ts";
import { wholeNumber } from "./whole-number.ts";

const usage = `Runs recorded programs and compares what happens with what CPython did.

  pnpm conformance                         the programs in verification/fixtures
  pnpm conformance --fresh 500             500 new ones, recorded by the CPython ${oldestPython} or newer found here
  pnpm conformance --fresh 500 --seed 7    the same ones each time`;

await command(usage, readOptions, async ({ fresh, seed }) => {
  const isEqual = fresh === null ? await replayFixtures() : await replayFresh(fresh, seed);
  return isEqual ? 0 : 1;
});

interface Options {
  readonly help: boolean;
  /** How many programs are made; null for the fixtures. */
  readonly fresh: number | null;
  readonly seed: number;
}

function readOptions(args: string[]): Options {
  const { values } = parseArgs({
    args,
    options: { help: { type: "boolean", short: "h" }, fresh: { type: "string" }, seed: { type: "string" } },
  });
  if (values.seed !== undefined && values.fresh === undefined) throw new Error("--seed goes with --fresh");
  return {
    help: values.help ?? false,
    fresh: values.fresh === undefined ? null : wholeNumber("--fresh", values.fresh, 1),
    seed: values.seed === undefined ? Math.floor(Math.random() * 1e9) : wholeNumber("--seed", values.seed, 0),
  };
}

async function replayFixtures(): Promise<boolean> {
  const mismatches = [];
  for (const name of fixtureNames) {
    const recordings = readFixture(name);
    const different = await replayAll(recordings);
    console.log(`${name}.jsonl: ${recordings.length - different.length} of ${recordings.length} equal`);
    mismatches.push(...different);
  }
  if (mismatches[0]) console.log(`\n${describeMismatch(mismatches[0])}`);
  return mismatches.length === 0;
}

async function replayFresh(count: number, seed: number): Promise<boolean> {
  const python = findCPython();
  if (!python) {
    console.log(
      `No CPython ${oldestPython} or newer here (tried ${pythonCommands.join(", ")}): nothing was compared`,
    );
    return true;
  }
  const mismatches = await replayAll(python.generate(count, seed));
  console.log(
    `CPython ${python.version}, seed ${seed}: ${count - mismatches.length} of ${count} fresh programs equal`,
  );
  const smallest = mismatches.toSorted((a, b) => size(a) - size(b))[0];
  if (smallest) console.log(`\n${describeMismatch(await shrink(smallest, python))}`);
  return mismatches.length === 0;
}

function size({ recording }: Mismatch): number {
  return JSON.stringify(recording.scenario).length;
}
