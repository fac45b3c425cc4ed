/**
 * TestLoop: an event loop as tests need it. It knows the timers that were set by name, and who waits until all others are blocked.
 */
import { type Executor, Future, UsageError } from "@async/futures";
import { listen } from "@async/futures/port";
import { EventLoop, type EventLoopOptions, type TimerHandle, getRunningLoop } from "@async/loop";

import type { HostActivity } from "./host-activity.ts";

/** Timers that were set until a look for those that are over. */
const MIN_SWEEP = 64;

export class TestLoop extends EventLoop {
  /** What the host has under way for the run; null where nobody looks. */
  host: HostActivity | null = null;
  #timers: TimerHandle[] = [];
  #sweepAt = MIN_SWEEP;
  readonly #untilBlocked = new Set<Future<void>>();

  constructor(options: EventLoopOptions) {
    super(options);
    // Nobody has to wait a second: what nobody looked at is reported when the run ends.
    this.unawaitedFailureDelay = null;
  }

  override callLater<A extends unknown[]>(
    delay: number,
    callback: (...args: A) => unknown,
    ...args: A
  ): TimerHandle {
    return this.#note(super.callLater(delay, callback, ...args));
  }

  override callAt<A extends unknown[]>(
    when: number,
    callback: (...args: A) => unknown,
    ...args: A
  ): TimerHandle {
    return this.#note(super.callAt(when, callback, ...args));
  }

  /** A worker's answer comes over a channel that stays open, so nothing else shows that it is awaited. */
  override runInExecutor<A extends unknown[], R>(
    executor: Executor | null,
    fn: (...args: A) => R,
    ...args: A
  ): Future<Awaited<R>> {
    const future = super.runInExecutor(executor, fn, ...args);
    const { host } = this;
    if (host !== null) {
      host.begin(future, `${fn.name || "a function"}() in an executor`);
      listen(future, () => {
        host.end(future);
      });
    }
    return future;
  }

  /** Returns the timers of `callLater` and `callAt` that will still fire. */
  pendingTimers(): readonly TimerHandle[] {
    this.#timers = this.#timers.filter((timer) => !timer.cancelled() && timer.when() > this.time());
    return this.#timers;
  }

  /** Resolves when nothing is ready to run any more. Cancelling the wait leaves nothing behind. */
  async untilBlocked(): Promise<void> {
    const blocked = new Future<void>({ scheduler: this });
    this.#untilBlocked.add(blocked);
    try {
      await blocked;
    } finally {
      this.#untilBlocked.delete(blocked);
    }
  }

  /** Nothing is ready: wakes those who waited for that. Returns whether there were any. */
  wakeBlocked(): boolean {
    if (this.#untilBlocked.size === 0) return false;
    const waiting = [...this.#untilBlocked].filter((blocked) => !blocked.done());
    for (const blocked of waiting) blocked.setResult();
    return waiting.length > 0;
  }

  #note(timer: TimerHandle): TimerHandle {
    if (this.#timers.push(timer) >= this.#sweepAt)
      this.#sweepAt = MIN_SWEEP + 2 * this.pendingTimers().length;
    return timer;
  }
}

/**
 * Returns the loop of the running test.
 *
 * @throws UsageError outside of `runVirtual`, `explore` and `cancelEverywhere`.
 */
export function testLoop(caller: string): TestLoop {
  const loop = getRunningLoop();
  if (loop instanceof TestLoop) return loop;
  throw new UsageError(
    `${caller} works in runVirtual, explore and cancelEverywhere, whose time is virtual; here a loop of another kind runs`,
  );
}
