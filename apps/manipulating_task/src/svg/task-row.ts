/** drawTask: the row of a task: its name, a bar coloured by its outcome with a mark for each step, and what it gave. */
import type { Element } from "xast";
import { x } from "xastscript";

import type { TaskSpan } from "../timeline/timeline.ts";
import { colours, outcomeColours } from "./colours.ts";
import { hatching } from "./hatching.ts";
import { layout } from "./layout.ts";
import { ICON_RADIUS, drawIcon } from "./outcome-icon.ts";
import type { TimeAxis } from "./time-axis.ts";

const FONT_SIZE = 12.5;
/** On the average, and rather too much. */
const CHARACTER_WIDTH = FONT_SIZE * 0.56;

/** @param y - the middle of the row */
export function drawTask(task: TaskSpan, axis: TimeAxis, y: number): Element {
  const { name, start, end, steps, cancelledAt, outcome } = task;
  const { strong, pale } = outcomeColours[outcome.kind];
  const box = { y: y - layout.bar / 2, height: layout.bar };
  const piece = (from: number, to: number, fill: string): Element =>
    x("rect", { ...box, x: axis.at(from), width: round(axis.at(to) - axis.at(from)), rx: 3, fill });

  const labelX = axis.at(end) + ICON_RADIUS + 6;
  const text = { y: y + 4.5, "font-size": FONT_SIZE };
  return x("g", { class: "task" }, [
    x("title", describe(task)),
    x("text", { ...text, x: layout.margin + layout.padding, fill: colours.text }, name),
    piece(start, end, pale),
    ...(cancelledAt === null ? [] : [piece(cancelledAt, end, hatching(outcome.kind))]),
    ...steps.map((step) =>
      x("rect", { ...box, x: round(axis.at(step) - 1.5), width: 3, rx: 1.5, fill: strong }),
    ),
    drawIcon(outcome.kind, axis.at(end), y),
    x(
      "text",
      { ...text, x: round(labelX), fill: colours.quiet },
      fitting(outcome.detail || outcome.kind, labelX),
    ),
  ]);
}

/** What a browser shows when the pointer is on the row. */
function describe({ name, start, end, cancelledAt, outcome: { kind, detail } }: TaskSpan): string {
  const asked = cancelledAt === null ? "" : `\nasked to cancel at ${Math.round(cancelledAt)} ms`;
  const gave = detail === "" ? "" : `: ${detail}`;
  return `${name}\n${Math.round(start)} ms to ${Math.round(end)} ms${asked}\n${kind}${gave}`;
}

function fitting(label: string, labelX: number): string {
  const room = layout.width - layout.margin - layout.padding - labelX;
  const characters = Math.floor(room / CHARACTER_WIDTH);
  return label.length <= characters ? label : `${label.slice(0, characters - 1)}…`;
}

function round(pixels: number): number {
  return Math.round(pixels * 10) / 10;
}
