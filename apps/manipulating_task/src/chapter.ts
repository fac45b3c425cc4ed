/** Chapter: one thing that can be done with tasks, shown in a few lines of ordinary code. */
import type { Numbers } from "./command-line.ts";
import type { Stage } from "./stage.ts";

export interface Chapter {
  readonly title: string;
  /** What it shows, in a sentence or two. */
  readonly about: string;
  /** Ends when all its tasks have ended. */
  run(stage: Stage, numbers: Numbers): Promise<void>;
}
