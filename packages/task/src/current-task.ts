/**
 * currentTask, allTasks: which task runs here, and which there are.
 *
 * Python: `asyncio.current_task`, `asyncio.all_tasks`.
 */
import type { FutureLike } from "@async/futures";
import { type EventLoop, getEventLoop } from "@async/loop";

import { currentScope } from "./scope.ts";
import { tasksOf } from "./task-registry.ts";
import type { Task } from "./task.ts";

/**
 * Returns the task that the running code belongs to, null in a callback and outside of tasks.
 *
 * @param loop - only a task of this loop counts
 */
export function currentTask(loop?: EventLoop): Task | null {
  const scope = currentScope();
  if (scope === null || (loop !== undefined && scope.scheduler !== loop)) return null;
  return scope.task as Task;
}

/** Returns the tasks of the loop that are not done, oldest first. Default: the loop of the running code, else the default loop. */
export function allTasks(loop: EventLoop = getEventLoop()): Set<Task> {
  return new Set(tasksOf(loop) as FutureLike[] as Task[]);
}
