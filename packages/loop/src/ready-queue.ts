/**
 * ReadyQueue: the jobs that are to run, and which of them is next. A loop runs them first in first out; a tool for tests may give it a queue
 * of its own, which tries other orders.
 *
 * FifoQueue is a singly linked list through the jobs themselves: queueing allocates nothing and nothing is ever moved.
 * Benchmark: `sleep(0)` of 100 tasks.
 */
import type { Job } from "@async/futures/port";

/** What a loop takes its next job from. It decides which of those that are ready runs next, not when: timers join them when they are due. */
export interface ReadyQueue {
  readonly length: number;
  push(job: Job): void;
  /** Takes a job; null when there is none. Called between two jobs, when no microtask is left. */
  shift(): Job | null;
}

export class FifoQueue implements ReadyQueue {
  #first: Job | null = null;
  #last: Job | null = null;
  #length = 0;

  get length(): number {
    return this.#length;
  }

  push(job: Job): void {
    if (this.#last === null) this.#first = job;
    else this.#last.next = job;
    this.#last = job;
    this.#length += 1;
  }

  /** Takes the oldest job; null when there is none. */
  shift(): Job | null {
    const job = this.#first;
    if (job === null) return null;
    this.#first = job.next;
    if (this.#first === null) this.#last = null;
    job.next = null;
    this.#length -= 1;
    return job;
  }
}
