/** markdownOf: a result as a page: the chart, a table with a row for each work and a column for each rival, ratios first. */
import type { Result, WorkResult } from "../harness/result.ts";
import { provenance } from "./provenance.ts";
import { showRatio, showReached, showSpread, showTarget, showValue } from "./show-value.ts";

/** @param chart - the file of the chart, beside this one; null where there is nothing to draw */
export function markdownOf(result: Result, chart: string | null): string {
  const names = result.rivals.map(({ name }) => name);
  const [ours, ...others] = names.filter((name) =>
    result.works.some(({ values }) => values.some(({ rival }) => rival === name)),
  );
  const targets = result.works.flatMap((work) => work.targets.map((target) => ({ work, target })));
  return [
    `# ${result.title}`,
    provenance(result)
      .map((line) => `- ${line}`)
      .join("\n"),
    "The ratio is a rival's median divided by ours: above 1 it takes longer, or more. Half of the values lie within the spread.",
    ...(chart === null ? [] : [`![${result.title}: the rivals' medians divided by ours](${chart})`]),
    tableOf(
      ["", ours!, ...others],
      result.works.map((work) => [work.title, ...[ours!, ...others].map((name) => cellOf(work, name))]),
    ),
    ...(targets.length === 0
      ? []
      : [
          "## Targets",
          tableOf(
            ["", "target", "reached", ""],
            targets.map(({ work, target: { target, reached, met } }) => [
              work.title,
              showTarget(target, work.unit),
              reached === null ? "not known here" : showReached(target, reached, work.unit),
              met === null ? "" : met ? "yes" : "**no**",
            ]),
          ),
        ]),
  ].join("\n\n");
}

/** Returns the lines of a Markdown table. */
export function tableOf(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(" | ")} |`;
  return [line(head), line(head.map(() => "---")), ...rows.map(line)].join("\n");
}

function cellOf({ unit, values }: WorkResult, name: string): string {
  const index = values.findIndex(({ rival }) => rival === name);
  if (index === -1) return "";
  const { median, spread, ratio } = values[index]!;
  const value = `${showValue(median, unit)} ${showSpread(spread)}`;
  return index === 0 || ratio === null ? value : `**${showRatio(ratio)}** ${value}`;
}
