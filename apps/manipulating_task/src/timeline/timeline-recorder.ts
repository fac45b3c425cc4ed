/**
 * TimelineRecorder: observes tasks and keeps what became of them.
 *
 *     watch ──► running and waiting, its steps noted ──► (asked to cancel) ──► done: a row of the timeline
 *
 * All of it comes from what a task shows to anybody. Its signal is only listened to: reading the signal's reason would count as receiving the
 * cancellation. Time is the loop's own, so on virtual time a timeline is exact.
 */
import { getRunningLoop } from "@async/loop";
import type { Task } from "@async/task";

import { outcomeOf } from "./outcome.ts";
import type { ChapterSpan, TaskSpan, Timeline } from "./timeline.ts";

interface Observed {
  readonly start: number;
  readonly steps: number[];
  cancelledAt: number | null;
  span: TaskSpan | null;
}

export class TimelineRecorder {
  readonly #loop = getRunningLoop();
  readonly #start = this.#loop.time();
  readonly #chapters: ChapterSpan[] = [];
  #title = "";
  #chapterStart = this.#start;
  #observed = new Map<Task, Observed>();

  beginChapter(title: string): void {
    this.#title = title;
    this.#chapterStart = this.#loop.time();
    this.#observed = new Map();
  }

  /** Ends the chapter. Tasks of it that are not done are left out. */
  endChapter(): void {
    this.#chapters.push({
      title: this.#title,
      start: this.#chapterStart - this.#start,
      end: this.#loop.time() - this.#start,
      tasks: [...this.#observed.values()].flatMap(({ span }) => span ?? []),
    });
  }

  sinceChapter(): number {
    return this.#loop.time() - this.#chapterStart;
  }

  watch(task: Task): void {
    const observed: Observed = { start: this.sinceChapter(), steps: [], cancelledAt: null, span: null };
    this.#observed.set(task, observed);
    const noteCancel = (): void => {
      observed.cancelledAt = this.sinceChapter();
    };
    task.signal.addEventListener("abort", noteCancel, { once: true });
    task.addDoneCallback(() => {
      const { start, steps, cancelledAt } = observed;
      const { name } = task;
      observed.span = { name, start, end: this.sinceChapter(), steps, cancelledAt, outcome: outcomeOf(task) };
    });
  }

  /** Notes that the task runs right now; nothing if it is not watched. */
  noteStep(task: Task | null): void {
    if (task !== null) this.#observed.get(task)?.steps.push(this.sinceChapter());
  }

  timeline(): Timeline {
    return { chapters: [...this.#chapters], duration: this.#loop.time() - this.#start };
  }
}
