/**
 * The command `pnpm explore`: the long search for an order or a cancellation that breaks a primitive.
 *
 * Exit code 1 when one fails, 2 when the command was not understood. The same seed and number give the same schedules.
 */
import { parseArgs } from "node:util";

import { Misunderstood, command } from "./command.ts";
import { cancelAll, searchAll, searchAtRandom } from "./explored/search.ts";
import type { Exploration } from "./explored/exploration.ts";
import { syncExplorations, taskExplorations } from "./explored/explorations.ts";
import { wholeNumber } from "./whole-number.ts";

const usage = `Explores every primitive: random orders, all orders with few deviations, a cancellation at every moment.

  pnpm explore                                10,000 random schedules of each, and all the rest
  pnpm explore --schedules 50000 --seed 7     more of them, and others
  pnpm explore --only Queue                   those whose names contain a text`;

await command(usage, readOptions, exploreAll);

async function exploreAll({ schedules, seed, only }: Options): Promise<number> {
  const explorations = [...syncExplorations, ...taskExplorations].filter(({ name }) => name.includes(only));
  if (explorations.length === 0) throw new Misunderstood(`No exploration has '${only}' in its name`);
  const searches = [
    (exploration: Exploration) => searchAtRandom(exploration, schedules, seed),
    searchAll,
    cancelAll,
  ];
  const sums = searches.map(() => 0);
  const failed: string[] = [];
  print("", ["at random", "all orders", "cancelled"]);
  for (const exploration of explorations) {
    const counts: (number | string)[] = [];
    for (const [index, search] of searches.entries()) {
      try {
        const count = await search(exploration);
        sums[index]! += count;
        counts.push(count);
      } catch (error) {
        counts.push("FAILED");
        failed.push((error as Error).message);
      }
    }
    print(exploration.name, counts);
  }
  print("in all", sums);
  console.log(
    `\nSeed ${seed}. ${failed.length === 0 ? "All clean." : `${failed.length} failed:\n\n${failed.join("\n\n")}`}`,
  );
  return failed.length === 0 ? 0 : 1;
}

interface Options {
  readonly help: boolean;
  readonly schedules: number;
  readonly seed: number;
  readonly only: string;
}

function readOptions(args: string[]): Options {
  const { values } = parseArgs({
    args,
    options: {
      help: { type: "boolean", short: "h", default: false },
      schedules: { type: "string", default: "10000" },
      seed: { type: "string", default: "1" },
      only: { type: "string", default: "" },
    },
  });
  const { help, only } = values;
  const schedules = wholeNumber("--schedules", values.schedules, 1);
  return { help, schedules, seed: wholeNumber("--seed", values.seed, 0), only };
}

function print(name: string, counts: readonly (number | string)[]): void {
  const columns = counts.map((count) => count.toLocaleString("en").padStart(11));
  console.log(`${name.padEnd(38)}${columns.join("")}`);
}
