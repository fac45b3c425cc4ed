/** printResult: a result for the terminal: a block for each work, ratios first. */
import { styleText } from "node:util";

import Table from "cli-table3";

import type { Result, WorkResult } from "../harness/result.ts";
import { provenance } from "./provenance.ts";
import { showRatio, showReached, showSpread, showTarget, showValue } from "./show-value.ts";

export function printResult(result: Result): string {
  const table = new Table({
    head: ["", "times ours", "median", "spread"].map((name) => styleText("bold", name)),
    colAligns: ["left", "right", "right", "right"],
    style: { head: [], border: [], compact: true },
  });
  for (const work of result.works) table.push(...rowsOf(work));
  return [styleText("bold", result.title), ...provenance(result), table.toString()].join("\n");
}

function rowsOf({ title, unit, values, targets }: WorkResult): Table.HorizontalTableRow[] {
  return [
    [{ content: styleText("cyan", title), colSpan: 4 }],
    ...values.map(({ rival, ratio, median, spread }) => [
      `  ${rival}`,
      ratio === null ? "" : showRatio(ratio),
      showValue(median, unit),
      showSpread(spread),
    ]),
    ...targets.map(({ target, reached, met }) => [
      {
        content:
          reached === null
            ? `  target ${showTarget(target, unit)}: not known here`
            : `  target ${showTarget(target, unit)}: ${met === true ? "reached" : "missed"}, ${showReached(target, reached, unit)}`,
        colSpan: 4,
      },
    ]),
  ];
}
