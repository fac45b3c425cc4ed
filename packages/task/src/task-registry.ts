/**
 * The tasks of a loop that are not done, held strongly: a task that nobody refers to still runs to its end.
 *
 * The list hangs on the loop under a shared symbol, so that two installed copies of this package keep one.
 */
import type { FutureLike } from "@async/futures";
import type { EventLoop } from "@async/loop";

const TASKS = Symbol.for("@async/task/1/tasks");

type LoopWithTasks = EventLoop & { [TASKS]?: Set<FutureLike> };

export function tasksOf(loop: EventLoop): Set<FutureLike> {
  return ((loop as LoopWithTasks)[TASKS] ??= new Set());
}

export function enrol(loop: EventLoop, task: FutureLike): void {
  tasksOf(loop).add(task);
}

export function leave(loop: EventLoop, task: FutureLike): void {
  tasksOf(loop).delete(task);
}
