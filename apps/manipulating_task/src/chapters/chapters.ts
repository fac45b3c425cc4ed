/** All chapters, in the order in which they are shown. */
import type { Chapter } from "../chapter.ts";
import { cancel } from "./cancel.ts";
import { createAndAwait } from "./create-and-await.ts";
import { exceptions } from "./exceptions.ts";
import { fileReads } from "./file-reads.ts";
import { gatherResults } from "./gather-results.ts";
import { httpRequests } from "./http-requests.ts";
import { shielded } from "./shielded.ts";
import { taskGroup } from "./task-group.ts";
import { timeLimits } from "./time-limits.ts";

export const chapters: readonly Chapter[] = [
  createAndAwait,
  gatherResults,
  exceptions,
  cancel,
  timeLimits,
  shielded,
  taskGroup,
  httpRequests,
  fileReads,
];
