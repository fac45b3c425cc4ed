/** The colours of the picture. Those of the ways differ in lightness as well. */
import type { Way } from "../job.ts";

export const colours = {
  page: "#f4f6f8",
  card: "#ffffff",
  border: "#dfe4ea",
  grid: "#edf0f3",
  text: "#1c2733",
  quiet: "#66727f",
} as const;

export const wayColours: Readonly<Record<Way, string>> = {
  "in turn": "#8a97a6",
  loop: "#e0a526",
  threads: "#1d7fa8",
  processes: "#7a3f8f",
};
