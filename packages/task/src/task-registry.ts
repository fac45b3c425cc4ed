/**
 * The tasks of a loop that are not done, held strongly: a task that nobody refers to still runs to its end.
 *
 * A doubly linked list through the tasks themselves, so that joining and leaving allocate nothing (benchmark: create + await). It hangs on
 * the loop under a shared symbol, so that two installed copies of this package keep one.
 */
import type { FutureLike } from "@async/futures";
import type { EventLoop } from "@async/loop";

const FIRST = Symbol.for("@async/task/1/first");
const LAST = Symbol.for("@async/task/1/last");
export const OLDER: unique symbol = Symbol.for("@async/task/1/older") as never;
export const NEWER: unique symbol = Symbol.for("@async/task/1/newer") as never;

/** A task as the list sees it. */
export interface LoopTask extends FutureLike {
  [OLDER]: LoopTask | null;
  [NEWER]: LoopTask | null;
}

type LoopWithTasks = EventLoop & { [FIRST]?: LoopTask | null; [LAST]?: LoopTask | null };

/** Returns the tasks of the loop, oldest first. */
export function tasksOf(loop: EventLoop): LoopTask[] {
  const tasks: LoopTask[] = [];
  for (let task = (loop as LoopWithTasks)[FIRST] ?? null; task !== null; task = task[NEWER]) tasks.push(task);
  return tasks;
}

export function enrol(loop: LoopWithTasks, task: LoopTask): void {
  const last = loop[LAST] ?? null;
  task[OLDER] = last;
  if (last === null) loop[FIRST] = task;
  else last[NEWER] = task;
  loop[LAST] = task;
}

export function leave(loop: LoopWithTasks, task: LoopTask): void {
  const { [OLDER]: older, [NEWER]: newer } = task;
  if (older === null) loop[FIRST] = newer;
  else older[NEWER] = newer;
  if (newer === null) loop[LAST] = older;
  else newer[OLDER] = older;
  task[OLDER] = task[NEWER] = null;
}
