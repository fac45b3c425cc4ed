/** drawLegend: what the colours, marks and signs mean, in one line. */
import type { Element } from "xast";
import { x } from "xastscript";

import type { OutcomeKind } from "../timeline/outcome.ts";
import { colours, outcomeColours } from "./colours.ts";
import { hatching } from "./hatching.ts";
import { layout } from "./layout.ts";
import { ICON_RADIUS, drawIcon } from "./outcome-icon.ts";

const BAR_WIDTH = 26;
const GAP = 26;
const FONT_SIZE = 12.5;
const CHARACTER_WIDTH = FONT_SIZE * 0.52;
const kinds: readonly OutcomeKind[] = ["finished", "failed", "timed out", "cancelled"];

interface Item {
  readonly text: string;
  /** Of what is drawn before the text. */
  readonly width: number;
  readonly draw: (left: number) => Element[];
}

/** @param y - the middle of the line */
export function drawLegend(y: number): Element {
  let left: number = layout.margin;
  const drawn = items(y).flatMap(({ text, width, draw }) => {
    const textLeft = left + width + 6;
    const label = x("text", { x: textLeft, y: y + 4.5, "font-size": FONT_SIZE, fill: colours.text }, text);
    const elements = [...draw(left), label];
    left = Math.round(textLeft + text.length * CHARACTER_WIDTH + GAP);
    return elements;
  });
  return x("g", { class: "legend" }, drawn);
}

function items(y: number): Item[] {
  const { strong, pale } = outcomeColours.finished;
  const box = { y: y - layout.bar / 2, height: layout.bar };
  const bar = (left: number, fill: string) => x("rect", { ...box, x: left, width: BAR_WIDTH, rx: 3, fill });
  const step = (left: number) => x("rect", { ...box, x: left, width: 3, rx: 1.5, fill: strong });
  return [
    { text: "runs", width: BAR_WIDTH, draw: (left) => [bar(left, pale), step(left + 7), step(left + 16)] },
    { text: "waits", width: BAR_WIDTH, draw: (left) => [bar(left, pale)] },
    {
      text: "cleans up after a cancel",
      width: BAR_WIDTH,
      draw: (left) => [bar(left, hatching("cancelled"))],
    },
    ...kinds.map((kind): Item => {
      return { text: kind, width: 2 * ICON_RADIUS, draw: (left) => [drawIcon(kind, left + ICON_RADIUS, y)] };
    }),
  ];
}
