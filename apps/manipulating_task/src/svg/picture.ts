/**
 * drawPicture: the timeline as an SVG image.
 *
 *     title, legend
 *     overview: the chapters on one axis, from the start of the program to its end
 *     a card for each chapter: its tasks on an axis that starts with the chapter; all cards have the same scale
 */
import type { Element } from "xast";
import { toXml } from "xast-util-to-xml";
import { x } from "xastscript";

import { type Timeline, longestChapter } from "../timeline/timeline.ts";
import { chapterHeight, drawChapter } from "./chapter-card.ts";
import { colours } from "./colours.ts";
import { hatchings } from "./hatching.ts";
import { layout, plot } from "./layout.ts";
import { drawLegend } from "./legend.ts";
import { OVERVIEW_HEIGHT, drawOverview } from "./overview.ts";
import { TimeAxis } from "./time-axis.ts";

const TITLE = 54;
const LEGEND = 118;
const OVERVIEW = 148;
const FONTS = "system-ui, -apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', Arial, sans-serif";

export function drawPicture(timeline: Timeline): string {
  const axis = new TimeAxis(longestChapter(timeline), plot.left, plot.right);
  let top = OVERVIEW + OVERVIEW_HEIGHT + layout.gap;
  const cards = timeline.chapters.map((chapter) => {
    const card = drawChapter(chapter, axis, top);
    top += chapterHeight(chapter) + layout.gap;
    return card;
  });
  const size = { width: layout.width, height: top - layout.gap + layout.margin };
  const picture = x(
    "svg",
    {
      ...{ xmlns: "http://www.w3.org/2000/svg", viewBox: `0 0 ${size.width} ${size.height}`, ...size },
      ...{ role: "img", "font-family": FONTS },
    },
    [
      x("title", "Timeline of tasks"),
      hatchings(),
      x("rect", { ...size, fill: colours.page }),
      ...drawTitle(timeline),
      drawLegend(LEGEND),
      drawOverview(timeline, OVERVIEW),
      ...cards,
    ],
  );
  return `${toXml(picture)}\n`;
}

function drawTitle({ chapters, duration }: Timeline): Element[] {
  const tasks = chapters.reduce((sum, chapter) => sum + chapter.tasks.length, 0);
  const seconds = (duration / 1000).toFixed(1);
  return [
    x(
      "text",
      { x: layout.margin, y: TITLE, "font-size": 26, "font-weight": 700, fill: colours.text },
      `${tasks} tasks on one thread`,
    ),
    x(
      "text",
      { x: layout.margin, y: TITLE + 26, "font-size": 14, fill: colours.quiet },
      `${chapters.length} chapters in ${seconds} s, one after another. Each starts at zero; equal lengths are equal times.`,
    ),
  ];
}
