/**
 * TaskGroup: tasks that belong together. The block ends when the last of them has ended, and none outlives it.
 *
 *     body runs ──► exiting: waits for the children ──► ended
 *         └── a child or the body fails, or the owner is cancelled ──► aborting: the others are cancelled and awaited
 *
 * What failed comes out together in one ExceptionGroup, children first, in the order in which they failed, the body's own error last. A child
 * that is cancelled by itself is no failure. The group runs in a scope of its own: its failure interrupts the body, not what else the task
 * awaits.
 *
 * Python: `asyncio.TaskGroup`, whose block is a callback here. Source: Lib/asyncio/taskgroups.py.
 */
import { inspect } from "node:util";

import { type Future, UsageError } from "@async/futures";
import { awaiterStorage, cancelEach, cancelThrough, listen } from "@async/futures/port";

import { cancellationIn } from "./cancel-signal.ts";
import { createTask } from "./create-task.ts";
import { ExceptionGroup } from "./exception-group.ts";
import { InterruptError } from "./interrupt-error.ts";
import { type Scope, currentScope } from "./scope.ts";
import type { Coroutine, Task } from "./task.ts";

interface Thrown {
  readonly error: unknown;
}

export class TaskGroup {
  readonly #scope: Scope;
  readonly #requestsBefore: number;
  readonly #tasks = new Set<Task>();
  readonly #errors: unknown[] = [];
  #exiting = false;
  #aborting = false;
  /** The group has asked its scope to cancel, and takes that request back at the end. */
  #scopeCancelled = false;
  /** What ends the program comes out bare, not in a group. */
  #interrupt: Thrown | null = null;
  /** Set once the last child has ended while the block waits for it. */
  #childrenDone: Future | null = null;

  private constructor(scope: Scope | undefined) {
    if (scope === undefined)
      throw new UsageError("A task group has no constructor; write TaskGroup.run(async (group) => ...)");
    this.#scope = scope;
    this.#requestsBefore = scope.cancelling();
  }

  /**
   * Runs the body with a new group, waits for all its tasks, and resolves to what the body returned. Outside of a task it runs in a task of its
   * own.
   *
   * @throws ExceptionGroup with what children and body threw; the others were cancelled and have ended.
   * @throws CancelledError if the owner was cancelled; the children were too.
   *
   * @example
   * ```ts
   * import { TaskGroup, sleep } from "@async/task";
   *
   * const [left, right] = await TaskGroup.run(async (group) => [
   *   group.createTask(() => sleep(2, "left")),
   *   group.createTask(() => sleep(1, "right")),
   * ]);
   * console.log(left?.result(), right?.result()); // left right
   * ```
   */
  static async run<T>(body: (group: TaskGroup) => PromiseLike<T> | T): Promise<T> {
    if (typeof body !== "function") {
      throw new TypeError(
        `TaskGroup.run takes a function, got ${inspect(body, { depth: 0 })}; write TaskGroup.run(async (group) => ...)`,
      );
    }
    const outer = currentScope();
    if (outer === null) return createTask(() => TaskGroup.run(body));
    const scope = outer.open();
    try {
      const group = new TaskGroup(scope);
      return await awaiterStorage.run(scope, () => group.#run(body));
    } finally {
      scope.close();
    }
  }

  /**
   * Starts a task in this group; also from another task, and as long as the group has a child that is alive.
   *
   * @throws UsageError once the group is aborting or has ended: the function is not run.
   */
  createTask<T>(
    fn: Coroutine<T>,
    options: { readonly name?: string; readonly eager?: boolean } = {},
  ): Task<T> {
    if (this.#aborting) throw new UsageError("The task group is shutting down and takes no more tasks");
    if (this.#exiting && this.#tasks.size === 0)
      throw new UsageError("The task group has ended and takes no more tasks; start a new one");
    const task = createTask(fn, { ...options, loop: this.#scope.scheduler });
    if (task.done()) this.#onTaskDone(task);
    else {
      this.#tasks.add(task);
      listen(task as Task, this.#onTaskDone, this.#scope.task);
    }
    return task;
  }

  /**
   * Cancels the body and all tasks. The block then ends without a CancelledError; errors thrown meanwhile still come out, and so does a
   * cancellation from outside. Python: 3.15.
   */
  cancel(): void {
    if (this.#exiting && this.#tasks.size === 0) return;
    if (!this.#aborting) this.#abort();
    this.#cancelScope();
  }

  /** Aborts when the group is aborting or the task is cancelled: for `fetch` and other work of the body that only a signal can stop. */
  get signal(): AbortSignal {
    return this.#scope.signal;
  }

  toString(): string {
    const parts = ["TaskGroup"];
    if (this.#tasks.size > 0) parts.push(`tasks=${this.#tasks.size}`);
    if (this.#errors.length > 0) parts.push(`errors=${this.#errors.length}`);
    if (this.#aborting) parts.push("cancelling");
    return `<${parts.join(" ")}>`;
  }

  [inspect.custom](): string {
    return this.toString();
  }

  async #run<T>(body: (group: TaskGroup) => PromiseLike<T> | T): Promise<T> {
    let value: T | undefined;
    let thrown: Thrown | null = null;
    try {
      value = await body(this);
    } catch (error) {
      thrown = { error };
    }
    await this.#exit(thrown);
    return value as T;
  }

  async #exit(thrown: Thrown | null): Promise<void> {
    this.#exiting = true;
    if (thrown !== null) {
      if (thrown.error instanceof InterruptError) this.#interrupt ??= thrown;
      if (!this.#aborting) this.#abort();
    }
    const bodyCancelled = thrown !== null && cancellationIn(thrown.error) !== null;
    const joinCancelled = await this.#join();
    let cancellation = joinCancelled.first ?? (bodyCancelled ? thrown : null);

    if (this.#interrupt !== null) throw this.#interrupt.error;
    if (this.#scopeCancelled) {
      // With no request left but our own, the cancellation was ours; else one from outside must not be eaten.
      cancellation =
        this.#scope.uncancel() > this.#requestsBefore ? (cancellation ?? joinCancelled.last) : null;
    }
    if (cancellation !== null && this.#errors.length === 0) throw cancellation.error;

    if (thrown !== null && !bodyCancelled) this.#errors.push(thrown.error);
    if (this.#errors.length === 0) return;
    // Errors hide a cancellation from outside: the owner gets that at its next await.
    this.#scope.renewRequest();
    throw new ExceptionGroup("unhandled errors in a TaskGroup", this.#errors);
  }

  /** Waits for the last child, also while being cancelled. Returns the cancellation that made it abort, and the last one that came. */
  async #join(): Promise<{ readonly first: Thrown | null; readonly last: Thrown | null }> {
    let first: Thrown | null = null;
    let last: Thrown | null = null;
    while (this.#tasks.size > 0) {
      this.#childrenDone ??= this.#scope.scheduler.createFuture();
      try {
        await this.#childrenDone;
      } catch (error) {
        // Not passed on here: the children come first. The owner may be cancelled again while it waits for them.
        last = { error };
        if (!this.#aborting) {
          first = last;
          this.#abort();
        }
      }
      this.#childrenDone = null;
    }
    return { first, last };
  }

  #abort(): void {
    this.#aborting = true;
    cancelEach(this.#tasks, undefined); // Those that are done refuse.
  }

  #cancelScope(): void {
    if (this.#scopeCancelled) return;
    this.#scopeCancelled = true;
    cancelThrough(this.#scope, undefined);
  }

  readonly #onTaskDone = (task: Task): boolean => {
    this.#tasks.delete(task);
    if (this.#tasks.size === 0 && this.#childrenDone?.done() === false)
      this.#childrenDone.setResult(undefined);
    if (task.cancelled()) return false;
    const error = task.exception();
    if (error === null) return false;
    this.#errors.push(error);
    if (error instanceof InterruptError) this.#interrupt ??= { error };
    if (this.#aborting || this.#scopeCancelled) return false;
    this.#abort();
    // Interrupts the body, so that the group can end: `await somethingElse` in it would wait for ever.
    this.#cancelScope();
    return true; // An abort signal may have woken code.
  };
}
