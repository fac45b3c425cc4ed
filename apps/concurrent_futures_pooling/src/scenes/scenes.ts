/** The scenes, in the order in which they are played. */
import type { Scene } from "../scene.ts";
import { cancelling } from "./cancelling.ts";
import { deadWorkers } from "./dead-workers.ts";
import { mapping } from "./mapping.ts";
import { outcomes } from "./outcomes.ts";
import { shuttingDown } from "./shutting-down.ts";
import { timeLimits } from "./time-limits.ts";

export const scenes: readonly Scene[] = [
  mapping,
  outcomes,
  cancelling,
  timeLimits,
  deadWorkers,
  shuttingDown,
];
