/** The chapters, in the order in which a loop lives. */
import type { Chapter } from "./chapter.ts";
import { closeDown } from "./chapters/close-down.ts";
import { createALoop } from "./chapters/create-a-loop.ts";
import { handleExceptions } from "./chapters/handle-exceptions.ts";
import { keepTime } from "./chapters/keep-time.ts";
import { scheduleCallbacks } from "./chapters/schedule-callbacks.ts";
import { setFutures } from "./chapters/set-futures.ts";
import { takeTurns } from "./chapters/take-turns.ts";
import { waitForTheWorld } from "./chapters/wait-for-the-world.ts";

export const chapters: readonly Chapter[] = [
  createALoop,
  scheduleCallbacks,
  takeTurns,
  keepTime,
  waitForTheWorld,
  setFutures,
  handleExceptions,
  closeDown,
];
