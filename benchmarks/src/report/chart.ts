/**
 * drawChart: a result as an SVG image: for each work a bar for each rival, from ours, the line in the middle, to its ratio.
 *
 *     task switch, 100 tasks            ours: 312 ns
 *     asyncio              │████████████ 5.20x
 *     promises     ████████│ 0.15x
 *
 * The scale is logarithmic, so that twice as fast and twice as slow are bars of one length. Works without ratios are not drawn.
 */
import { max } from "d3-array";
import { scaleLog } from "d3-scale";
import type { Element } from "xast";
import { toXml } from "xast-util-to-xml";
import { x } from "xastscript";

import type { Result, RivalValue, WorkResult } from "../harness/result.ts";
import { showRatio, showValue } from "./show-value.ts";

const FONTS = "system-ui, -apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', Arial, sans-serif";
const WIDTH = 1000;
const MARGIN = 32;
/** Left of the bars: the names of the rivals. */
const NAMES = 200;
/** Left and right of the longest bars: their labels. */
const LABELS = 80;
const HEADING = 86;
const TITLE = 30;
const ROW = 20;
const BAR = 13;
const GAP = 16;

const colours = {
  page: "#ffffff",
  text: "#1c2733",
  quiet: "#66727f",
  more: "#0b7a5c",
  less: "#b86a00",
} as const;

/** Returns null when no work has a ratio. */
export function drawChart(result: Result): string | null {
  const works = result.works.filter(({ values }) => drawn(values).length > 0);
  if (works.length === 0) return null;
  const axis = axisFor(works);
  let top = HEADING;
  const blocks = works.map((work) => {
    const block = drawWork(work, top, axis);
    top += TITLE + drawn(work.values).length * ROW + GAP;
    return block;
  });
  const size = { width: WIDTH, height: top + MARGIN - GAP };
  const picture = x(
    "svg",
    {
      ...{ xmlns: "http://www.w3.org/2000/svg", viewBox: `0 0 ${size.width} ${size.height}`, ...size },
      ...{ role: "img", "font-family": FONTS },
    },
    [
      x("title", `${result.title}: the medians of the rivals, divided by ours`),
      x("rect", { ...size, fill: colours.page }),
      text(MARGIN, 40, result.title, { "font-size": 22, "font-weight": 700, fill: colours.text }),
      text(
        MARGIN,
        62,
        `How many times ours it takes: right of the line it takes more. Node ${result.node}, ${result.date}.`,
        { "font-size": 13, fill: colours.quiet },
      ),
      ...blocks,
    ],
  );
  return `${toXml(picture)}\n`;
}

/** Returns the values that are bars: all but ours. */
function drawn(values: readonly RivalValue[]): readonly (RivalValue & { ratio: number })[] {
  return values.slice(1).filter((value): value is RivalValue & { ratio: number } => value.ratio !== null);
}

function axisFor(works: readonly WorkResult[]): (ratio: number) => number {
  const ratios = works.flatMap(({ values }) => drawn(values).map(({ ratio }) => ratio));
  const most = Math.max(2, max(ratios)!);
  const least = Math.min(0.5, 1 / max(ratios, (ratio) => 1 / ratio)!);
  const scale = scaleLog([least, most], [MARGIN + NAMES + LABELS, WIDTH - MARGIN - LABELS]);
  return (ratio) => Math.round(scale(ratio) * 10) / 10;
}

function drawWork(
  { title, unit, values }: WorkResult,
  top: number,
  axis: (ratio: number) => number,
): Element {
  const ours = values[0]!;
  const plain = title.replaceAll("`", "");
  return x("g", { class: "work" }, [
    text(MARGIN, top + 18, plain, { "font-size": 14, "font-weight": 600, fill: colours.text }),
    text(WIDTH - MARGIN, top + 18, `${ours.rival} ${showValue(ours.median, unit)}`, {
      "font-size": 13,
      fill: colours.quiet,
      "text-anchor": "end",
    }),
    x("line", {
      ...{ x1: axis(1), x2: axis(1), stroke: colours.text },
      ...{ y1: top + TITLE - 4, y2: top + TITLE + drawn(values).length * ROW },
    }),
    ...drawn(values).map(({ rival, ratio, median }, index) => {
      const y = top + TITLE + index * ROW;
      const isMore = ratio >= 1;
      const [from, to] = isMore ? [axis(1), axis(ratio)] : [axis(ratio), axis(1)];
      return x("g", { class: "rival" }, [
        x("title", `${rival}: ${showValue(median, unit)}, ${showRatio(ratio)} ours`),
        text(MARGIN, y + BAR - 2, rival, { "font-size": 12, fill: colours.text }),
        x("rect", {
          ...{ x: from, y, width: Math.max(1, Math.round((to - from) * 10) / 10), height: BAR, rx: 2 },
          fill: isMore ? colours.more : colours.less,
        }),
        text(isMore ? to + 6 : from - 6, y + BAR - 2, showRatio(ratio), {
          "font-size": 12,
          fill: colours.text,
          "text-anchor": isMore ? "start" : "end",
        }),
      ]);
    }),
  ]);
}

function text(left: number, y: number, content: string, style: Record<string, string | number>): Element {
  return x("text", { x: left, y, ...style }, content);
}
