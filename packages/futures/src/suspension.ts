/**
 * Suspension: one `await` in progress, from the moment when the engine hands us its resolvers until it resumes.
 *
 * It is also the job that resumes it and the link in two lists: the callbacks of the future, then the ready queue of the loop
 * (`next`), and the open awaits of its scope (`older`, `newer`). One object serves for the whole wait.
 *
 *     pending future: in its callbacks ──completed──► in the loop's ready queue ──run──► the engine resumes the async function
 */
import { currentAwaiter } from "./awaiter.ts";
import { UsageError, isCancelled } from "./errors.ts";
import { type FutureLike, forget } from "./future-like.ts";
import { nameOf } from "./future-text.ts";
import { schedule } from "./schedule.ts";
import type { Awaiter, Job, OpenAwait, Scheduler } from "./ports.ts";

export type Resolve = (value: unknown) => void;
export type Reject = (error: unknown) => void;

/**
 * The running code begins to await the future, which is not done and belongs to the scheduler. Returns what is to be woken once it is; null if
 * the awaiter may not wait for it: then the await throws why, one turn later.
 */
export function beginAwait(
  future: FutureLike,
  scheduler: Scheduler | null,
  resolve: Resolve,
  reject: Reject,
): Suspension | null {
  const awaiter = currentAwaiter() ?? null;
  const suspension = new Suspension(awaiter, future, resolve, reject);
  if (awaiter === null) return suspension;
  suspension.refusal = refuseForeign(future, scheduler, awaiter) ?? awaiter.suspend(suspension);
  if (suspension.refusal === null) return suspension;
  schedule(awaiter.scheduler, suspension);
  return null;
}

/** A task can be woken by its own loop alone. */
function refuseForeign(future: FutureLike, scheduler: Scheduler | null, awaiter: Awaiter): UsageError | null {
  if (scheduler === null || scheduler === awaiter.scheduler || awaiter.task === null) return null;
  return new UsageError(
    `${awaiter.task.toString()} awaits a future of another loop: ${future.toString()}; await it in a task of its own loop`,
  );
}

export class Suspension implements Job, OpenAwait {
  next: Job | null = null;
  older: OpenAwait | null = null;
  newer: OpenAwait | null = null;
  listedBy: object | null = null;
  /** Thrown where the await stands, because it could not begin or can never end. */
  refusal: Error | null = null;
  readonly awaiter: Awaiter | null;
  readonly target: FutureLike;
  readonly #resolve: Resolve;
  readonly #reject: Reject;

  constructor(awaiter: Awaiter | null, target: FutureLike, resolve: Resolve, reject: Reject) {
    this.awaiter = awaiter;
    this.target = target;
    this.#resolve = resolve;
    this.#reject = reject;
  }

  run(): boolean {
    const interruption = this.awaiter === null ? null : this.awaiter.resume(this);
    let value: unknown;
    try {
      if (this.refusal !== null) throw this.refusal;
      value = this.target.result();
    } catch (error) {
      // A CancelledError that is on its way already answers the request; a second one would be one too many.
      this.#reject(interruption === null || isCancelled(error) ? error : interruption);
      return true;
    }
    if (interruption === null) this.#resolve(value);
    else this.#reject(interruption);
    return true;
  }

  /** Throws the error where the await stands, whatever becomes of the future. */
  interrupt(error: Error): void {
    forget(this.target, this);
    this.refusal = error;
    schedule(this.awaiter?.scheduler ?? null, this);
  }

  describe(): string {
    const task = this.awaiter?.task ?? null;
    return task === null ? "an await outside of tasks" : `wake-up of ${nameOf(task)}`;
  }
}
