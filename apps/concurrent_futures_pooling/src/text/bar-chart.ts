/** drawBars: the times of a job as bars, the longest as wide as there is room. */
import { styleText } from "node:util";

import { scaleLinear } from "d3-scale";

import { type Job, labelOf } from "../job.ts";
import { colourOf } from "./way-colour.ts";

export function drawBars({ runs }: Job, workers: number, width: number): string {
  const rows = runs.map(({ way, milliseconds }) => {
    return { way, milliseconds, label: labelOf(way, workers), figure: `${milliseconds.toFixed(0)} ms` };
  });
  const labelWidth = Math.max(...rows.map(({ label }) => label.length));
  const figureWidth = Math.max(...rows.map(({ figure }) => figure.length));
  const columns = scaleLinear(
    [0, Math.max(...rows.map(({ milliseconds }) => milliseconds))],
    [0, width - labelWidth - figureWidth - 3],
  );
  return rows
    .map(({ way, milliseconds, label, figure }) => {
      const bar = "█".repeat(Math.max(1, Math.round(columns(milliseconds))));
      return `${label.padEnd(labelWidth)}  ${styleText(colourOf[way], bar)} ${figure}`;
    })
    .join("\n");
}
