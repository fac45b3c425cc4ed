/** ManualScheduler: a scheduler whose turns a test takes by hand; its time is virtual and starts at 0. */
import { microtasks } from "@async/test-kit";

import type { Cancellable, ExceptionContext, Scheduler } from "../src/index.ts";
import { type Job, bystanderOf } from "../src/port.ts";

interface Timer {
  readonly when: number;
  readonly run: () => void;
  cancelled: boolean;
}

export class ManualScheduler implements Scheduler {
  readonly debug: boolean;
  readonly bystander = bystanderOf(this);
  /** What its exception handler got. */
  readonly reports: ExceptionContext[] = [];
  isClosed = false;
  #now = 0;
  #ready: (() => unknown)[] = [];
  #timers: Timer[] = [];

  constructor(options: { readonly debug?: boolean } = {}) {
    this.debug = options.debug ?? false;
  }

  callSoon(callback: (...args: never[]) => unknown, ...args: unknown[]): Cancellable {
    return this.callLater(0, callback, ...args);
  }

  callLater(delay: number, callback: (...args: never[]) => unknown, ...args: unknown[]): Cancellable {
    const timer = {
      when: this.#now + delay,
      run: () => callback(...(args as never[])),
      cancelled: false,
      cancel() {
        this.cancelled = true;
      },
    };
    if (delay === 0) this.#ready.push(() => timer.cancelled || timer.run());
    else this.#timers.push(timer);
    return timer;
  }

  enqueue(job: Job): boolean {
    if (!this.isClosed) this.#ready.push(() => job.run());
    return !this.isClosed;
  }

  callExceptionHandler(context: ExceptionContext): void {
    this.reports.push(context);
  }

  /** Timers that are set and not cancelled. */
  get liveTimers(): number {
    return this.#timers.filter((timer) => !timer.cancelled).length;
  }

  /** Runs exactly what is ready now, and the microtasks that follow from each. Returns how much that was. */
  async turn(): Promise<number> {
    const batch = this.#ready.splice(0);
    for (const run of batch) {
      run();
      await microtasks();
    }
    return batch.length;
  }

  /** Takes turns until nothing is ready; what waits for a time goes on waiting. */
  async settle(): Promise<void> {
    await microtasks();
    while ((await this.turn()) > 0);
  }

  /** Lets the time pass, with all that happens meanwhile. */
  async advance(delay: number): Promise<void> {
    await this.settle();
    const end = this.#now + delay;
    for (;;) {
      const live = this.#timers.filter((timer) => !timer.cancelled && timer.when <= end);
      const next = live.sort((a, b) => a.when - b.when)[0];
      if (next === undefined) break;
      this.#timers = this.#timers.filter((timer) => timer !== next);
      this.#now = next.when;
      next.run();
      await this.settle();
    }
    this.#now = end;
  }
}

/** Returns a scheduler with nothing but the two methods that suffice. */
export function minimalScheduler(scheduler: ManualScheduler): Scheduler {
  return {
    callSoon: (callback, ...args) => scheduler.callSoon(callback, ...args),
    callLater: (delay, callback, ...args) => scheduler.callLater(delay, callback, ...args),
  };
}
