/**
 * drawChart: the times of all jobs as an SVG image.
 *
 *     title
 *     for each job: its name, a bar for each run on an axis of its own, the time and the speed-up behind the bar
 */
import { type ScaleLinear, scaleLinear } from "d3-scale";
import type { Element } from "xast";
import { toXml } from "xast-util-to-xml";
import { x } from "xastscript";

import { type Job, type Run, comparison, labelOf } from "../job.ts";
import { colours, wayColours } from "./colours.ts";
import { layout, plot } from "./layout.ts";

const FONTS = "system-ui, -apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', Arial, sans-serif";

export function drawChart(jobs: readonly Job[], workers: number): string {
  let top: number = layout.top;
  const cards = jobs.map((job) => {
    const card = drawJob(job, workers, top);
    top += jobHeight(job) + layout.gap;
    return card;
  });
  const size = { width: layout.width, height: top - layout.gap + layout.margin };
  const title = { x: layout.margin, y: layout.margin + 26, "font-size": 26, "font-weight": 700 };
  const picture = x(
    "svg",
    {
      ...{ xmlns: "http://www.w3.org/2000/svg", viewBox: `0 0 ${size.width} ${size.height}`, ...size },
      ...{ role: "img", "font-family": FONTS },
    },
    [
      x("title", "Times of a CPU-bound and an I/O-bound job"),
      x("rect", { ...size, fill: colours.page }),
      x("text", { ...title, fill: colours.text }, "In turn, on the event loop, on threads, on processes"),
      ...cards,
    ],
  );
  return `${toXml(picture)}\n`;
}

function jobHeight({ runs }: Job): number {
  return layout.heading + runs.length * layout.row + layout.axis;
}

function drawJob(job: Job, workers: number, top: number): Element {
  const { title, about, runs } = job;
  const left = layout.margin + layout.padding;
  const rowsTop = top + layout.heading;
  const rowsBottom = rowsTop + runs.length * layout.row;
  const longest = Math.max(...runs.map(({ milliseconds }) => milliseconds));
  const scale = scaleLinear([0, longest], [plot.left, plot.right]);
  return x("g", { class: "job" }, [
    x("rect", {
      ...{ x: layout.margin, y: top, width: layout.width - 2 * layout.margin, height: jobHeight(job), rx: 8 },
      ...{ fill: colours.card, stroke: colours.border },
    }),
    x("text", { x: left, y: top + 28, "font-size": 16, "font-weight": 600, fill: colours.text }, title),
    x("text", { x: left, y: top + 48, "font-size": 12.5, fill: colours.quiet }, about),
    ...drawAxis(scale, rowsTop, rowsBottom),
    ...runs.map((run, index) =>
      drawRun(job, run, labelOf(run.way, workers), scale, rowsTop + (index + 0.5) * layout.row),
    ),
  ]);
}

/** @param y - the middle of the row */
function drawRun(job: Job, run: Run, label: string, scale: ScaleLinear<number, number>, y: number): Element {
  const end = round(scale(run.milliseconds));
  const text = { y: y + 4.5, "font-size": 13 };
  const compared = run === job.runs[0] ? "" : `, ${comparison(job, run)}`;
  const box = { x: plot.left, y: y - layout.bar / 2, height: layout.bar, rx: 3 };
  return x("g", { class: "run" }, [
    x("text", { ...text, x: layout.margin + layout.padding, fill: colours.text }, label),
    x("rect", { ...box, width: round(Math.max(1, end - plot.left)), fill: wayColours[run.way] }),
    x("text", { ...text, x: end + 8, fill: colours.quiet }, `${run.milliseconds.toFixed(0)} ms${compared}`),
  ]);
}

/** Draws the grid behind the bars, and its labels below them. */
function drawAxis(scale: ScaleLinear<number, number>, top: number, bottom: number): Element[] {
  return scale.ticks(6).flatMap((tick) => {
    const at = round(scale(tick));
    const label = { x: at, y: bottom + 18, "font-size": 11, fill: colours.quiet, "text-anchor": "middle" };
    return [
      x("line", { x1: at, x2: at, y1: top, y2: bottom, stroke: colours.grid }),
      x("text", label, `${tick} ms`),
    ];
  });
}

function round(pixels: number): number {
  return Math.round(pixels * 10) / 10;
}
