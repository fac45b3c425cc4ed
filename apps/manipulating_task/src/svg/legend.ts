/** drawLegend: what the colours, marks and signs mean, in one line. */
import type { Element } from "xast";
import { x } from "xastscript";

import type { OutcomeKind } from "../timeline/outcome.ts";
import { colours, outcomeColours } from "./colours.ts";
import { hatching } from "./hatching.ts";
import { layout } from "./layout.ts";
import { drawIcon } from "./outcome-icon.ts";

const SAMPLE_WIDTH = 26;

/** @param y - the middle of the line */
export function drawLegend(y: number): Element {
  const { strong, pale } = outcomeColours.finished;
  const box = { y: y - layout.bar / 2, height: layout.bar };
  const bar = (left: number, fill: string) => x("rect", { ...box, x: left, width: SAMPLE_WIDTH, rx: 3, fill });
  const step = (left: number) => x("rect", { ...box, x: left, width: 3, rx: 1.5, fill: strong });
  const kinds: readonly OutcomeKind[] = ["finished", "failed", "timed out", "cancelled"];
  const items: readonly Item[] = [
    { text: "runs", width: 78, draw: (left) => [bar(left, pale), step(left + 7), step(left + 16)] },
    { text: "waits", width: 84, draw: (left) => [bar(left, pale)] },
    { text: "cleans up after a cancel", width: 186, draw: (left) => [bar(left, hatching("cancelled"))] },
    ...kinds.map((kind): Item => {
      return { text: kind, width: 100, draw: (left) => [drawIcon(kind, left + 17, y)] };
    }),
  ];

  let left: number = layout.margin;
  const drawn = items.flatMap((item) => {
    const label = x(
      "text",
      { x: left + SAMPLE_WIDTH + 7, y: y + 4.5, "font-size": 12.5, fill: colours.text },
      item.text,
    );
    const elements = [...item.draw(left), label];
    left += item.width;
    return elements;
  });
  return x("g", { class: "legend" }, drawn);
}

interface Item {
  readonly text: string;
  /** Up to the next item. */
  readonly width: number;
  draw(left: number): Element[];
}
