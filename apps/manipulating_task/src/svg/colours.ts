/** The colours of the picture. Those of the outcomes differ in lightness as well, and each outcome has a sign of its own. */
import type { OutcomeKind } from "../timeline/outcome.ts";

export const colours = {
  page: "#f4f6f8",
  card: "#ffffff",
  border: "#dfe4ea",
  grid: "#edf0f3",
  text: "#1c2733",
  quiet: "#66727f",
} as const;

/** `strong` for what runs and for the sign, `pale` for what waits. */
export const outcomeColours: Readonly<
  Record<OutcomeKind, { readonly strong: string; readonly pale: string }>
> = {
  finished: { strong: "#0b7a5c", pale: "#bfe6d8" },
  failed: { strong: "#c42b43", pale: "#f6c9d0" },
  "timed out": { strong: "#b86a00", pale: "#fbdcae" },
  cancelled: { strong: "#56657a", pale: "#d5dce5" },
};
