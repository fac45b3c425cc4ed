/** drawChapter: a card with the rows of a chapter on the shared axis. */
import type { Element } from "xast";
import { x } from "xastscript";

import type { ChapterSpan } from "../timeline/timeline.ts";
import { colours } from "./colours.ts";
import { layout } from "./layout.ts";
import { drawTask } from "./task-row.ts";
import type { TimeAxis } from "./time-axis.ts";

export function chapterHeight({ tasks }: ChapterSpan): number {
  return layout.heading + tasks.length * layout.row + layout.axis;
}

export function drawChapter(chapter: ChapterSpan, axis: TimeAxis, top: number): Element {
  const { title, start, end, tasks } = chapter;
  const height = chapterHeight(chapter);
  const rowsTop = top + layout.heading;
  const rowsBottom = rowsTop + tasks.length * layout.row;
  const left = layout.margin + layout.padding;
  const right = layout.width - layout.margin - layout.padding;
  const heading = { y: top + 25 };
  const [from, took] = [Math.round(start), Math.round(end) - Math.round(start)];
  return x("g", { class: "chapter" }, [
    x("rect", {
      ...{ x: layout.margin, y: top, width: layout.width - 2 * layout.margin, height, rx: 8 },
      ...{ fill: colours.card, stroke: colours.border },
    }),
    x("text", { ...heading, x: left, "font-size": 15, "font-weight": 600, fill: colours.text }, title),
    x(
      "text",
      { ...heading, x: right, "font-size": 12, fill: colours.quiet, "text-anchor": "end" },
      `starts at ${from} ms, takes ${took} ms`,
    ),
    ...axis.drawGrid(rowsTop - 2, rowsBottom + 4),
    ...tasks.map((task, index) => drawTask(task, axis, rowsTop + (index + 0.5) * layout.row)),
    ...axis.drawLabels(rowsBottom + 18),
  ]);
}
