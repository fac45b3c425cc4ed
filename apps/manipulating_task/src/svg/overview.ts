/** drawOverview: when each chapter ran, all on one line. */
import type { Element } from "xast";
import { x } from "xastscript";

import type { Timeline } from "../timeline/timeline.ts";
import { colours } from "./colours.ts";
import { layout } from "./layout.ts";
import { TimeAxis } from "./time-axis.ts";

export const OVERVIEW_HEIGHT = 48;

const BAND_HEIGHT = 24;
const shades = ["#3b5b7d", "#5b7fa6"] as const;

export function drawOverview({ chapters, duration }: Timeline, top: number): Element {
  const axis = new TimeAxis(duration, layout.margin, layout.width - layout.margin);
  const bands = chapters.map(({ title, start, end }, index) => {
    const [left, right] = [axis.at(start), axis.at(end)];
    const width = Math.max(0, right - left - 1);
    const label = { x: (left + right) / 2, y: top + 17, "font-size": 12, "text-anchor": "middle" };
    return x("g", [
      x("title", title),
      x("rect", { x: left, y: top, width, height: BAND_HEIGHT, rx: 3, fill: shades[index % 2]! }),
      x("text", { ...label, "font-weight": 600, fill: colours.card }, String(index + 1)),
    ]);
  });
  return x("g", { class: "overview" }, [...bands, ...axis.drawLabels(top + BAND_HEIGHT + 16)]);
}
