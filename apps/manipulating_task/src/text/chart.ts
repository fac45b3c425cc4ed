/**
 * drawChart: the timeline as text, a row for each task, as wide as the page.
 *
 *     1 Create and await
 *       factorial  ●─●─●─●─●─✓ 720
 *
 * Every chapter starts at zero, and all share one scale: equal lengths are equal times. What a task gave stands behind its row if there is
 * room.
 */
import { styleText } from "node:util";

import { type ScaleLinear, scaleLinear } from "d3-scale";
import wrapAnsi from "wrap-ansi";

import type { OutcomeKind } from "../timeline/outcome.ts";
import { type TaskSpan, type Timeline, longestChapter } from "../timeline/timeline.ts";
import { inOutcomeColour, outcomeSign } from "./outcome-sign.ts";

/** Milliseconds to columns. */
type Scale = ScaleLinear<number, number>;

const STEP = "●";
const WAITING = "─";
const CLEANING_UP = "╌";
const COLUMNS_PER_TICK = 12;
/** With less, a detail would say nothing. */
const LEAST_DETAIL = 8;

const legend = [
  `${STEP} runs`,
  `${WAITING} waits`,
  `${CLEANING_UP} cleans up after a cancel`,
  ...(["finished", "failed", "timed out", "cancelled"] satisfies OutcomeKind[]).map(
    (kind) => `${outcomeSign(kind)} ${kind}`,
  ),
];

export function drawChart(timeline: Timeline, width: number): string {
  const names = timeline.chapters.flatMap(({ tasks }) => tasks.map(({ name }) => name));
  const margin = Math.max(...names.map((name) => name.length)) + 4;
  const columns = width - margin;
  const scale = scaleLinear([0, longestChapter(timeline)], [0, columns - 1]);
  const [labels, line] = drawAxis(scale, columns);
  const axisLine = (text: string) => " ".repeat(margin) + styleText("dim", text);
  return [
    axisLine(labels),
    axisLine(line),
    ...timeline.chapters.flatMap(({ title, tasks }) => [
      styleText("bold", title),
      ...tasks.map((task) => `  ${task.name.padEnd(margin - 2)}${drawTask(task, scale, columns)}`),
    ]),
    axisLine(line.replaceAll("┬", "┴")),
    axisLine(labels),
    "",
    // Within an item the space does not break.
    wrapAnsi(legend.map((item) => item.replaceAll(" ", "\u00a0")).join("   "), width).replaceAll(
      "\u00a0",
      " ",
    ),
  ].join("\n");
}

/** Returns the labels, and the line with the ticks below them. */
function drawAxis(scale: Scale, columns: number): [labels: string, line: string] {
  const ticks = scale.ticks(Math.max(2, Math.floor(columns / COLUMNS_PER_TICK)));
  const line = new Array<string>(columns).fill("─");
  let labels = "";
  for (const tick of ticks) {
    const column = Math.round(scale(tick));
    const label = tick === ticks.at(-1) ? `${tick} ms` : String(tick);
    line[column] = "┬";
    // The last label ends where the line ends, if need be.
    labels = labels.padEnd(Math.min(column, columns - label.length)) + label;
  }
  return [labels, line.join("")];
}

function drawTask(
  { start, end, steps, cancelledAt, outcome }: TaskSpan,
  scale: Scale,
  columns: number,
): string {
  const column = (time: number) => Math.round(scale(time));
  const first = column(start);
  const last = column(end);
  const cells = new Array<string>(last - first).fill(WAITING);
  if (cancelledAt !== null) cells.fill(CLEANING_UP, column(cancelledAt) - first);
  for (const step of steps) if (column(step) < last) cells[column(step) - first] = STEP;
  const bar = inOutcomeColour(outcome.kind, cells.join(""));
  const detail = shorten(outcome.detail || outcome.kind, columns - last - 2);
  const row = `${" ".repeat(first)}${bar}${outcomeSign(outcome.kind)}`;
  return detail === "" ? row : `${row} ${styleText("dim", detail)}`;
}

function shorten(text: string, columns: number): string {
  if (text.length <= columns) return text;
  return columns < LEAST_DETAIL ? "" : `${text.slice(0, columns - 1)}…`;
}
