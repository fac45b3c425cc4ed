/** targetsOf: all targets in one table, with what each version of Node has reached. */
import type { Result, WorkResult } from "../harness/result.ts";
import { tableOf } from "./markdown.ts";
import { showReached, showTarget } from "./show-value.ts";

/** @param byNode - the results of each major version of Node, by the name of its folder, the newest first */
export function targetsOf(byNode: ReadonlyMap<string, readonly Result[]>): string {
  const [newest = []] = byNode.values();
  const folders = [...byNode.keys()];
  const rows = newest.flatMap(({ benchmark, works }) =>
    works.flatMap((work) =>
      work.targets.map(({ target }, index) => [
        `[${benchmark}](${folders[0]!}/${benchmark}.md)`,
        work.title,
        showTarget(target, work.unit),
        ...folders.map((folder) => reachedOn(byNode.get(folder)!, benchmark, work, index)),
      ]),
    ),
  );
  return [
    "# What the benchmarks reach",
    "A ratio is a rival's median divided by ours in one run whose rounds took turns. In bold: the target is missed. Written by `pnpm bench --report`.",
    tableOf(["", "work", "target", ...folders], rows),
  ].join("\n\n");
}

function reachedOn(results: readonly Result[], benchmark: string, work: WorkResult, index: number): string {
  const same = results
    .find((result) => result.benchmark === benchmark)
    ?.works.find(({ name }) => name === work.name);
  const { target, reached, met } = same?.targets[index] ?? { reached: null };
  if (target === undefined || reached === null) return "";
  const text = showReached(target, reached, work.unit);
  return met === true ? text : `**${text}**`;
}
