/**
 * Suspension: one `await` in progress, from the moment when the engine hands us its resolvers until it resumes.
 *
 * It is also the job that resumes it and the link in two lists: the callbacks of the future, then the ready queue of the loop
 * (`next`), and the open awaits of its scope (`older`, `newer`). One object serves for the whole wait.
 *
 *     pending future: in its callbacks ──completed──► in the loop's ready queue ──run──► the engine resumes the async function
 */
import type { Awaiter } from "./awaiter.ts";
import { isCancelled } from "./errors.ts";
import type { FutureLike } from "./future-like.ts";
import type { Job } from "./scheduler.ts";

export type Resolve = (value: unknown) => void;
export type Reject = (error: unknown) => void;

export class Suspension implements Job {
  next: Job | null = null;
  older: Suspension | null = null;
  newer: Suspension | null = null;
  /** The scope that lists this await, null while none does. */
  listedBy: object | null = null;
  /** Thrown where the await stands, because it could not begin. */
  refusal: Error | null = null;
  readonly awaiter: Awaiter | null;
  /** What is awaited: a cancel request of the task goes there. Null where only a turn of the loop is awaited: that refuses it. */
  readonly target: FutureLike | null;
  readonly #resolve: Resolve;
  readonly #reject: Reject;

  constructor(awaiter: Awaiter | null, target: FutureLike | null, resolve: Resolve, reject: Reject) {
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
      value = this.target?.result();
    } catch (error) {
      // A CancelledError that is on its way already answers the request; a second one would be one too many.
      this.#reject(interruption === null || isCancelled(error) ? error : interruption);
      return true;
    }
    if (interruption === null) this.#resolve(value);
    else this.#reject(interruption);
    return true;
  }

  describe(): string {
    return String(this.awaiter?.task ?? "an await outside of tasks");
  }
}
