/** The colour of each way in the terminal. */
import type { Way } from "../job.ts";

export const colourOf = {
  "in turn": "gray",
  loop: "yellow",
  threads: "cyan",
  processes: "magenta",
} as const satisfies Record<Way, string>;
