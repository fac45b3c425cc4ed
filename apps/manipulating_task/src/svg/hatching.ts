/** Hatching: how the time looks in which a cancelled task cleans up. */
import type { Element } from "xast";
import { x } from "xastscript";

import type { OutcomeKind } from "../timeline/outcome.ts";
import { outcomeColours } from "./colours.ts";

/** Returns the patterns that `hatching` refers to. */
export function hatchings(): Element {
  const kinds = Object.keys(outcomeColours) as OutcomeKind[];
  return x("defs", kinds.map(pattern));
}

/** Returns the paint for the outcome. */
export function hatching(kind: OutcomeKind): string {
  return `url(#${id(kind)})`;
}

function pattern(kind: OutcomeKind): Element {
  const { strong, pale } = outcomeColours[kind];
  const size = { width: 6, height: 6 };
  return x(
    "pattern",
    { id: id(kind), ...size, patternUnits: "userSpaceOnUse", patternTransform: "rotate(45)" },
    [
      x("rect", { ...size, fill: pale }),
      x("rect", { width: 2, height: 6, fill: strong, "fill-opacity": 0.55 }),
    ],
  );
}

function id(kind: OutcomeKind): string {
  return `hatched-${kind.replaceAll(" ", "-")}`;
}
