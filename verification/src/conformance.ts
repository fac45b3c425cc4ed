/**
 * The command `pnpm conformance`: replays the fixtures, or fresh programs made and recorded on the spot.
 *
 *     pnpm conformance                          the recorded programs in fixtures/
 *     pnpm conformance --fresh 500 --seed 7     500 new ones; without --seed a random seed, which is printed
 *
 * Exit code 1 when a program differs. Without a CPython, --fresh says so and ends with 0: nothing was found to differ.
 */
import process from "node:process";
import { parseArgs } from "node:util";

import { findCPython, oldestPython, pythonCommands } from "./cpython.ts";
import { fixtureNames, readFixture } from "./fixtures.ts";
import { describeMismatch, type Mismatch, replayAll } from "./replay.ts";
import { shrink } from "./shrink.ts";

const { values: options } = parseArgs({
  options: { fresh: { type: "string" }, seed: { type: "string" } },
});

const isEqual =
  options.fresh === undefined ? await replayFixtures() : await replayFresh(options.fresh, options.seed);
process.exitCode = isEqual ? 0 : 1;

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

async function replayFresh(fresh: string, seedOption = randomSeed()): Promise<boolean> {
  const count = naturalNumber("--fresh", fresh);
  const seed = naturalNumber("--seed", seedOption);
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
  const simplest = shortest(mismatches);
  if (simplest) console.log(`\n${describeMismatch(await shrink(simplest, python))}`);
  return mismatches.length === 0;
}

/** The one that shrinks fastest. */
function shortest(mismatches: readonly Mismatch[]): Mismatch | undefined {
  const size = ({ recording }: Mismatch): number => JSON.stringify(recording.scenario).length;
  return mismatches.toSorted((a, b) => size(a) - size(b))[0];
}

function naturalNumber(option: string, value: string): number {
  if (!/^[0-9]{1,15}$/.test(value))
    throw new RangeError(`${option} takes a whole number, not ${JSON.stringify(value)}`);
  return Number(value);
}

function randomSeed(): string {
  return `${Math.floor(Math.random() * 1_000_000_000)}`;
}
