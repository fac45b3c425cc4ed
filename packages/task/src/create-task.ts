/**
 * createTask: has a function run beside the caller.
 *
 * Python: `asyncio.create_task`, `loop.create_task`, which take a coroutine: in JavaScript a function that has been called has begun to run.
 */
import { inspect } from "node:util";

import { type Coroutine, Task, type TaskOptions } from "./task.ts";

/**
 * Starts a task: the function is called on the loop's next turn, in the async context of this caller. The task is held until it is done.
 *
 * @throws TypeError if it is no function: a promise has already started and cannot be made a task.
 * @throws UsageError if the loop is closed.
 *
 * @example
 * ```ts
 * import { createTask, sleep } from "@async/task";
 *
 * const task = createTask(async () => {
 *   await sleep(1);
 *   return "done";
 * });
 * console.log(await task); // done
 * ```
 */
export function createTask<T>(fn: Coroutine<T>, options: TaskOptions = {}): Task<T> {
  if (typeof options !== "object")
    throw new TypeError(`createTask takes options such as { name }, got ${inspect(options)}`);
  return new Task<T>(fn, options);
}
