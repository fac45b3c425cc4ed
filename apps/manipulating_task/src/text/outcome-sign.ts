/** outcomeSign: the sign and the colour of each outcome, in the terminal. */
import { styleText } from "node:util";

import type { OutcomeKind } from "../timeline/outcome.ts";

const signs = {
  finished: ["✓", "green"],
  failed: ["✗", "red"],
  "timed out": ["◷", "yellow"],
  cancelled: ["⊘", "gray"],
} as const;

export function outcomeSign(kind: OutcomeKind): string {
  const [sign] = signs[kind];
  return inOutcomeColour(kind, sign);
}

export function inOutcomeColour(kind: OutcomeKind, text: string): string {
  const [, colour] = signs[kind];
  return styleText(colour, text);
}
