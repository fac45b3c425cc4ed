/** RecordingAwaiter: stands for a task, and keeps what the futures tell it. */
import { type CancelledError, Future, type Scheduler } from "../src/index.ts";
import { type Awaiter, type OpenAwait, awaiterStorage } from "../src/port.ts";

export class RecordingAwaiter implements Awaiter {
  readonly task = new Future();
  /** The awaits that have begun, and those that have ended. */
  readonly suspended: OpenAwait[] = [];
  readonly resumed: OpenAwait[] = [];
  /** What it answers. */
  refusal: Error | null = null;
  interruption: CancelledError | null = null;
  readonly scheduler: Scheduler;

  constructor(scheduler: Scheduler) {
    this.scheduler = scheduler;
  }

  suspend(open: OpenAwait): Error | null {
    this.suspended.push(open);
    return this.refusal;
  }

  resume(open: OpenAwait): CancelledError | null {
    this.resumed.push(open);
    return this.interruption;
  }

  beginTurn(): number {
    return 0;
  }

  endTurn(): CancelledError | null {
    return this.interruption;
  }

  /** What the awaits that have begun wait for. */
  get targets(): unknown[] {
    return this.suspended.map(({ target }) => target);
  }

  /** Runs the function as the code of this task. */
  run<R>(fn: () => R): R {
    return awaiterStorage.run(this, fn);
  }
}
