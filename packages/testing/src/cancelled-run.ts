/** CancelledRun: one run of a body with cancel requests at given moments, and what came of it. */
import { isCancelled } from "@async/futures";
import { type Coroutine, type Task, allTasks } from "@async/task";

import type { CancelPlan } from "./cancel-plan.ts";
import { InvariantError, SwallowedCancellationError } from "./errors.ts";
import { scheduledOrder } from "./orders.ts";
import { SteeredQueue } from "./steered-queue.ts";
import { Trial } from "./trial.ts";

export interface CancelledRunOptions {
  /** Says which tasks may be cancelled; null: the body's own. */
  readonly victims: ((task: Task) => boolean) | null;
  readonly invariant: () => unknown;
  readonly mayRefuse: boolean;
  readonly maxSteps: number;
  /** Milliseconds for which the host may have something under way; null if the body does not use it. */
  readonly hostTimeout: number | null;
}

export class CancelledRun {
  /** What went wrong; null if nothing did. */
  failure: { readonly error: unknown } | null = null;
  /** For each moment, in order, how many victims there were. */
  readonly victims: number[] = [];
  /** The last moment at which the cancelled task was not done; 0 if none was cancelled. */
  lastMoment = 0;
  /** What happened, line by line. */
  readonly trace: string[] = [];
  readonly #plan: CancelPlan;
  readonly #options: CancelledRunOptions;
  readonly #trial: Trial<unknown>;
  readonly #queue: SteeredQueue;
  readonly #hasTrace: boolean;
  #victim: Task | null = null;
  /** When all was blocked last, and whether by the host. Asked again without anything having happened, it is the same moment. */
  #blockedAt = "";

  constructor(body: Coroutine<unknown>, plan: CancelPlan, options: CancelledRunOptions, hasTrace = false) {
    const { maxSteps, hostTimeout } = options;
    this.#plan = plan;
    this.#options = options;
    this.#hasTrace = hasTrace;
    this.#queue = new SteeredQueue(scheduledOrder([]), {
      beforeStep: (step) => this.#beforeStep(step),
      ...(hasTrace && { step: (step, job) => this.trace.push(`${String(step).padStart(6)}  ${job}`) }),
    });
    const intervene = (): boolean => this.#onBlocked();
    this.#trial = new Trial(body, { ready: this.#queue, hostTimeout, maxMoves: maxSteps, intervene });
  }

  /** What the host was asked to do first; null for nothing. */
  get hostWork(): string | null {
    return this.#trial.loop.host?.firstWork ?? null;
  }

  /** Resolves to this, when the run is over. */
  async play(): Promise<this> {
    try {
      await this.#trial.play().catch((error: unknown) => {
        if (this.#victim === null || !isCancelled(error)) throw error;
      });
      this.#checkAnswered();
      if ((await this.#options.invariant()) === false) throw new InvariantError();
    } catch (error) {
      this.failure = { error };
    }
    return this;
  }

  #beforeStep(step: number): void {
    // Before its first step there is no body to cancel.
    if (step > 1) this.#onMoment();
    if (step % this.#options.maxSteps === 0) this.#trial.giveUp(`${step} steps have run`);
  }

  #onBlocked(): boolean {
    const { loop } = this.#trial;
    const blockedAt = `${this.#queue.steps} ${loop.time()} ${loop.host?.isUnderWay() === true}`;
    if (blockedAt === this.#blockedAt) return false;
    this.#blockedAt = blockedAt;
    return this.#onMoment();
  }

  /** Cancels the victim if this is one of the moments for it. Returns whether it did. */
  #onMoment(): boolean {
    if (this.#trial.main.done()) return false;
    const candidates = this.#candidates();
    const moment = this.victims.push(candidates.length);
    const { moments, victim = 0 } = this.#plan;
    if (moment === moments[0]) this.#victim = candidates[victim] ?? null;
    if (this.#victim === null || this.#victim.done()) return false;
    this.lastMoment = moment;
    const requests = moments.filter((one) => one === moment).length;
    for (let request = 0; request < requests; request += 1) {
      if (this.#hasTrace) this.trace.push(`> ${"cancel".padStart(6)}  ${this.#victim.toString()}`);
      this.#victim.cancel();
    }
    return requests > 0;
  }

  #candidates(): Task[] {
    const { main, loop } = this.#trial;
    const { victims } = this.#options;
    return victims === null ? [main] : [...allTasks(loop)].filter((task) => victims(task));
  }

  /** A task that was cancelled and ends well has taken the request back (`uncancel`), or swallowed it. */
  #checkAnswered(): void {
    const victim = this.#victim;
    if (this.#options.mayRefuse || victim === null || victim.cancelled() || !victim.done()) return;
    if (victim.exception() === null && victim.cancelling() > 0) throw new SwallowedCancellationError(victim);
  }
}
