/**
 * Trial: one run of a body, on a loop of its own with virtual time, to its very end.
 *
 *     run what is ready ──► blocked ──► body ended?                ──yes──► over
 *            ▲                          someone intervenes?        ──yes──┐
 *            │                          host has work?             ──yes──┤ wait for it
 *            │                          untilBlocked waits for it? ──yes──┤ wake it
 *            │                          a timer?                   ──yes──┤ time moves there
 *            └────────────────────────────────────────────────────────────┘
 *                                       none of these: a deadlock
 *
 * When the body has ended, what is ready still runs, but no more time passes: what is there then is left over.
 */
import type { ExceptionContext } from "@async/futures";
import { reportUnretrieved } from "@async/futures/port";
import type { Clock, ReadyQueue } from "@async/loop";
import { type Coroutine, DeadlockError, type Task, allTasks, createTask } from "@async/task";

import { EndlessRunError, HostTimeoutError, LeftoverError, indent, describeError } from "./errors.ts";
import { stopWatching, watchHost } from "./host-watch.ts";
import { TestLoop } from "./test-loop.ts";

/** How a trial is run. */
export interface TrialPlan {
  /** Which of what is ready runs next. Default: first in first out. */
  readonly ready?: ReadyQueue;
  /** Milliseconds for which the host may have something under way; null: nobody looks, and time moves at once. */
  readonly hostTimeout: number | null;
  /** How often time may move. */
  readonly maxMoves: number;
  /** Called when all is blocked. True if it may have made something ready. */
  readonly intervene?: () => boolean;
  /** Debug mode of the loop. Default: false. */
  readonly debug?: boolean;
}

/** How often time may move while what is left over is being cancelled. */
const CLEANUP_MOVES = 1000;
/** Milliseconds for the default executor to end its work. */
const EXECUTOR_TIMEOUT = 4000;
/** Milliseconds to look for what the host does before a wait counts as a deadlock: part of it cannot be seen. */
const DEADLOCK_GRACE = 20;
/** Rounds of the host's loop before it is asked only every millisecond. */
const QUICK_ROUNDS = 50;
/** The clock does wait for promises of the host, where it can see them. */
const UNSEEN_PROMISES =
  "A task without waitFor waits for a promise of the host; one that cannot be seen from here is announced with hostWork(promise).";
// Captured at import, so that a test runner's fake timers do not stop us.
const { setImmediate, setTimeout } = globalThis;
const now = performance.now.bind(performance);

export class Trial<T> {
  readonly loop: TestLoop;
  readonly main: Task<T>;
  readonly #plan: TrialPlan;
  readonly #reports: ExceptionContext[] = [];
  #moves = 0;
  #maxMoves: number;
  /** Why the run was ended, which did not come to an end by itself. */
  #givenUp: string | null = null;
  #isCleaning = false;

  constructor(body: Coroutine<T>, plan: TrialPlan) {
    this.#plan = plan;
    this.#maxMoves = plan.maxMoves;
    const clock = new TrialClock(() => this.#mayTimePass());
    const { ready, debug = false } = plan;
    this.loop = new TestLoop({ clock, debug, ...(ready && { ready }) });
    // Reported errors fail the run; those of the clean-up come too late for that, and are dropped.
    this.loop.setExceptionHandler((_, context) => this.#reports.push(context));
    this.main = createTask(body, { loop: this.loop, name: "main" });
  }

  /**
   * Settles as the body does, when all of it has ended.
   *
   * @throws DeadlockError, EndlessRunError or HostTimeoutError if it does not come to an end; LeftoverError if it leaves something behind.
   */
  async play(): Promise<T> {
    const { loop, main } = this;
    if (this.#plan.hostTimeout !== null) loop.host = watchHost(loop);
    try {
      await this.#run();
      if (!main.done()) throw this.#whyUnfinished();
      // What a body leaves behind that failed follows from that.
      if (main.cancelled() || main.exception() === null) this.#checkLeftovers();
      return main.result();
    } finally {
      if (loop.host !== null) stopWatching(loop);
      await this.#cleanUp();
    }
  }

  /** Ends the run, which does not come to an end by itself. */
  giveUp(reason: string): void {
    this.#givenUp = reason;
    this.loop.stop();
  }

  async #run(): Promise<void> {
    const { loop, main } = this;
    for (;;) {
      await loop.runUntilIdle();
      if (main.done() || this.#givenUp !== null) return;
      if (this.#plan.intervene?.() === true) continue;
      if (this.#hostIsBusy()) await this.#waitForHost();
      else if (loop.isIdle() && !loop.wakeBlocked() && !(await this.#isAwakened())) return;
    }
  }

  /** Nothing is ready, but a timer is set: says whether time may move there. If not, the run goes on, or is stopped. */
  #mayTimePass(): boolean {
    if (this.#isCleaning) return this.#countMove();
    if (this.main.done()) {
      this.loop.stop();
      return false;
    }
    if (this.#plan.intervene?.() === true) return false;
    if (this.#hostIsBusy()) {
      this.loop.stop();
      return false;
    }
    return !this.loop.wakeBlocked() && this.#countMove();
  }

  #countMove(): boolean {
    this.#moves += 1;
    if (this.#moves <= this.#maxMoves) return true;
    this.giveUp(`time has moved ${this.#maxMoves} times`);
    return false;
  }

  #hostIsBusy(): boolean {
    const { host } = this.loop;
    return host !== null && (host.isUnderWay() || host.takeChange());
  }

  async #waitForHost(): Promise<void> {
    const patience = this.#plan.hostTimeout ?? 0;
    const start = now();
    let round = 0;
    do {
      if (now() - start > patience) throw this.#hostTimedOut(patience);
      await hostRound(round++ < QUICK_ROUNDS);
    } while (this.loop.statistics().ready === 0 && this.#hostIsBusy());
  }

  /** Nothing can happen any more, as far as can be seen. Resolves to whether something did. */
  async #isAwakened(): Promise<boolean> {
    if (this.loop.host === null) return false;
    for (const start = now(); now() - start < DEADLOCK_GRACE;) {
      await hostRound(false);
      if (!this.loop.isIdle() || this.#hostIsBusy()) return true;
    }
    return false;
  }

  #whyUnfinished(): Error {
    if (this.#givenUp === null) return new DeadlockError(this.loop, UNSEEN_PROMISES);
    return new EndlessRunError(
      [
        `The body does not come to an end: ${this.#givenUp}, it is ${this.loop.time()} ms now, and these tasks are not done:`,
        ...this.#unfinishedTasks().map(indent),
      ].join("\n"),
    );
  }

  #hostTimedOut(patience: number): Error {
    return new HostTimeoutError(
      [
        `The host has had something under way for more than ${patience} ms, for which virtual time stands still:`,
        ...(this.loop.host?.describe() ?? []).map(indent),
        "Let it end, or set hostTimeout.",
      ].join("\n"),
    );
  }

  #checkLeftovers(): void {
    const { loop } = this;
    const tasks = this.#unfinishedTasks();
    const timers = loop.pendingTimers();
    // Those of tasks that are left need no mention of their own.
    const others = tasks.length > 0 ? 0 : loop.statistics().timers - timers.length;
    reportUnretrieved(loop);
    const leftovers = [
      ...tasks,
      ...timers.map(
        (timer) => `${timer.toString()}, set for ${timer.when()} ms; it is ${loop.time()} ms now`,
      ),
      ...(others > 0
        ? [`${others} timer${others === 1 ? "" : "s"} of sleeps or timeouts that nobody awaits`]
        : []),
      ...this.#reports.map(describeReport),
    ];
    if (leftovers.length === 0) return;
    const reported = this.#reports.find(({ exception }) => exception !== undefined);
    throw new LeftoverError(leftovers, reported && { cause: reported.exception });
  }

  #unfinishedTasks(): string[] {
    return [...allTasks(this.loop)].map((task) => task.toString());
  }

  /** Ends what is left, so that nothing of this run disturbs the next one. What goes wrong here follows from what went wrong before. */
  async #cleanUp(): Promise<void> {
    const { loop } = this;
    const tasks = allTasks(loop);
    if (tasks.size > 0 && !loop.isRunning()) {
      this.#isCleaning = true;
      this.#maxMoves = this.#moves + CLEANUP_MOVES;
      for (const task of tasks) task.cancel();
      await loop.runUntilIdle();
    }
    await loop.shutdownDefaultExecutor(EXECUTOR_TIMEOUT);
    loop.close();
  }
}

/** Time that moves to the next timer when nothing is ready, if it may. */
class TrialClock implements Clock {
  #now = 0;
  readonly #mayMove: () => boolean;

  constructor(mayMove: () => boolean) {
    this.#mayMove = mayMove;
  }

  now(): number {
    return this.#now;
  }

  advanceTo(when: number): void {
    if (when > this.#now && this.#mayMove()) this.#now = when;
  }
}

function describeReport({ message, exception }: ExceptionContext): string {
  return exception === undefined ? message : `${message}: ${describeError(exception)}`;
}

function hostRound(quick: boolean): Promise<void> {
  return new Promise((resolve) => {
    if (quick) setImmediate(resolve);
    else setTimeout(resolve, 1);
  });
}
