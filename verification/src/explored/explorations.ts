/** All explorations: every primitive of `@async/sync` that waits, and those of `@async/task` that others wait with. */
import { barrier, barrierReset } from "./barrier.ts";
import { capacityLimiter } from "./capacity-limiter.ts";
import { condition } from "./condition.ts";
import { event } from "./event.ts";
import type { Exploration } from "./exploration.ts";
import { gathers } from "./gather.ts";
import { lifoQueue } from "./lifo-queue.ts";
import { lock } from "./lock.ts";
import { priorityQueue } from "./priority-queue.ts";
import { queue } from "./queue.ts";
import { rateLimiter } from "./rate-limiter.ts";
import { rwLock } from "./rw-lock.ts";
import { boundedSemaphore, semaphore } from "./semaphore.ts";
import { shields } from "./shield.ts";
import { taskGroup } from "./task-group.ts";
import { timeouts } from "./timeout.ts";

export const syncExplorations: readonly Exploration[] = [
  lock,
  event,
  condition,
  semaphore,
  boundedSemaphore,
  barrier,
  barrierReset,
  ...queue,
  ...lifoQueue,
  ...priorityQueue,
  capacityLimiter,
  rateLimiter,
  rwLock,
];

export const taskExplorations: readonly Exploration[] = [...taskGroup, timeouts, ...gathers, ...shields];
