/** drawIcon: the sign of an outcome, a white mark on a disc. */
import type { Element } from "xast";
import { x } from "xastscript";

import type { OutcomeKind } from "../timeline/outcome.ts";
import { colours, outcomeColours } from "./colours.ts";

export const ICON_RADIUS = 8;

/** Strokes around the centre of the disc: a tick, a cross, the hands of a clock, a bar. */
const marks: Readonly<Record<OutcomeKind, string>> = {
  finished: "M-3.4 0.3 L-1 2.8 L3.6 -2.6",
  failed: "M-2.8 -2.8 L2.8 2.8 M2.8 -2.8 L-2.8 2.8",
  "timed out": "M0 -4 L0 0.4 L3 2.2",
  cancelled: "M-3.6 0 L3.6 0",
};

export function drawIcon(kind: OutcomeKind, centreX: number, centreY: number): Element {
  return x("g", { transform: `translate(${centreX} ${centreY})` }, [
    x("circle", {
      r: ICON_RADIUS,
      fill: outcomeColours[kind].strong,
      stroke: colours.card,
      "stroke-width": 1.5,
    }),
    x("path", {
      d: marks[kind],
      fill: "none",
      stroke: colours.card,
      "stroke-width": 1.8,
      "stroke-linecap": "round",
      "stroke-linejoin": "round",
    }),
  ]);
}
