/**
 * The command `pnpm mutations`: takes lines away from the primitives, one at a time and in a copy, and shows which tests fail.
 *
 * Exit code 1 when a line is missed by no test, is not there any more, or the tests fail with all lines in place; 2 when the command was not
 * understood.
 */
import process from "node:process";
import { parseArgs } from "node:util";

import { Misunderstood, command } from "./command.ts";
import { type Mutation, mutate } from "./mutations/mutation.ts";
import { ScratchCopy } from "./mutations/scratch-copy.ts";
import { syncMutations } from "./mutations/sync-mutations.ts";
import { taskMutations } from "./mutations/task-mutations.ts";
import { type TestRun, runTests } from "./mutations/test-run.ts";

const usage = `Takes away one line after another that a primitive depends on, and shows which tests fail.

  pnpm mutations                  all of them: some minutes
  pnpm mutations --only lock      those of the files whose names contain a text`;

const interrupted = new AbortController();
for (const name of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.once(name, () => interrupted.abort());

await command(usage, readOptions, mutateAll);

interface Options {
  readonly help: boolean;
  readonly only: string;
}

function readOptions(args: string[]): Options {
  const options = {
    help: { type: "boolean", short: "h", default: false },
    only: { type: "string", default: "" },
  } as const;
  return parseArgs({ args, options }).values;
}

async function mutateAll({ only }: Options): Promise<number> {
  const mutations = [...syncMutations, ...taskMutations].filter(({ file }) => file.includes(only));
  if (mutations.length === 0) throw new Misunderstood(`No mutated file has '${only}' in its name`);
  using copy = new ScratchCopy();
  try {
    return (await check(copy, mutations)) ? 0 : 1;
  } catch (error) {
    if (!interrupted.signal.aborted) throw error;
    console.error("Interrupted");
    return 1;
  }
}

async function check(copy: ScratchCopy, mutations: readonly Mutation[]): Promise<boolean> {
  // Before anything is run: a list that is out of date is found at once.
  const mutated = mutations.map((mutation) => mutate(copy.read(mutation.file), mutation));
  for (const tests of new Set(mutations.map((mutation) => mutation.tests))) {
    const { failed, failure } = await runTests(copy.folder, tests, undefined, interrupted.signal);
    if (failed.length === 0 && failure === null) continue;
    console.log(`With all lines in place these fail already in ${tests}:\n${failure ?? failed.join("\n")}`);
    return false;
  }
  let unmissed = 0;
  let heading = "";
  for (const [index, mutation] of mutations.entries()) {
    if (mutation.file !== heading) console.log(`\n${(heading = mutation.file)}`);
    const run = await runMutated(copy, mutation, mutated[index]!);
    if (run.failed.length === 0) unmissed += 1;
    console.log(describe(mutation, run));
  }
  console.log(
    `\n${mutations.length - unmissed} of ${mutations.length} lines are missed by a test when they are gone or wrong.`,
  );
  return unmissed === 0;
}

async function runMutated(
  copy: ScratchCopy,
  { file, tests, named }: Mutation,
  text: string,
): Promise<TestRun> {
  const original = copy.read(file);
  copy.write(file, text);
  try {
    return await runTests(copy.folder, tests, named, interrupted.signal);
  } finally {
    copy.write(file, original);
  }
}

function describe({ what, line, instead }: Mutation, { failed, failure }: TestRun): string {
  const [first, ...others] = failed;
  if (first !== undefined)
    return `  ${what}\n      ${first}${others.length === 0 ? "" : `, and ${others.length} more`}`;
  const change = [`      - ${line}`, ...(instead === undefined ? [] : [`      + ${instead}`])];
  return [`  ${what}`, ...change, `      NO TEST FAILS${failure === null ? "" : `: ${failure}`}`].join("\n");
}
