/**
 * SteeredQueue: a ready queue that lets an order decide which job runs next, and notes where that left the usual one.
 *
 * A step is one job that runs. Between two steps all microtasks have run, so a test is the same whenever its jobs run in the same order.
 */
import type { Job } from "@async/futures/port";
import type { ReadyQueue } from "@async/loop";

import type { Deviation } from "./schedule.ts";

/** Decides which job runs next. */
export interface Order {
  /**
   * Returns a place in the line of those that are ready, 0 for the one that has waited longest. Asked only when there is a choice.
   *
   * @param waited - steps that the first in line has waited
   */
  choose(step: number, ready: number, waited: number): number;
}

/** What a queue tells. */
export interface SteeredQueueEvents {
  /** The next step is about to run; may make more jobs ready. */
  beforeStep?(step: number): void;
  /** A step runs this job, and not the one that was first in line, if that is another. */
  step?(step: number, job: string, firstInLine: string | null): void;
}

export class SteeredQueue implements ReadyQueue {
  readonly deviations: Deviation[] = [];
  /** The steps in which there was a choice, with the number of those that were ready. */
  readonly choices: Deviation[] = [];
  /** Steps that have run. */
  steps = 0;
  readonly #jobs: Job[] = [];
  /** For each job, the step after which it became ready. */
  readonly #since: number[] = [];
  readonly #order: Order;
  readonly #events: SteeredQueueEvents;

  constructor(order: Order, events: SteeredQueueEvents = {}) {
    this.#order = order;
    this.#events = events;
  }

  get length(): number {
    return this.#jobs.length;
  }

  push(job: Job): void {
    this.#jobs.push(job);
    this.#since.push(this.steps);
  }

  shift(): Job | null {
    this.#events.beforeStep?.(this.steps + 1);
    const place = this.#choose();
    const first = this.#jobs[0];
    const [job] = this.#jobs.splice(place, 1);
    if (job === undefined) return null;
    this.#since.splice(place, 1);
    this.steps += 1;
    this.#events.step?.(this.steps, describe(job), job === first ? null : describe(first!));
    return job;
  }

  #choose(): number {
    const ready = this.#jobs.length;
    if (ready < 2) return 0;
    const step = this.steps + 1;
    this.choices.push([step, ready]);
    const place = Math.min(this.#order.choose(step, ready, this.steps - this.#since[0]!), ready - 1);
    if (place > 0) this.deviations.push([step, place]);
    return place;
  }
}

/** A task as a job is its first step. */
function describe(job: Job): string {
  const text = job.describe();
  const [, name] = /^<\w+ .*?name='(.*?)'/.exec(text) ?? [];
  return name === undefined ? text : `first step of Task '${name}'`;
}
