/** Timeline: what was recorded of the tasks, chapter by chapter. All times are milliseconds. */
import type { Outcome } from "./outcome.ts";

export interface Timeline {
  readonly chapters: readonly ChapterSpan[];
  /** How long all of it took. */
  readonly duration: number;
}

export interface ChapterSpan {
  readonly title: string;
  /** Since the start of the timeline. */
  readonly start: number;
  readonly end: number;
  /** In the order in which they were created. */
  readonly tasks: readonly TaskSpan[];
}

/** One task; its times count from the start of its chapter. */
export interface TaskSpan {
  readonly name: string;
  readonly start: number;
  readonly end: number;
  /** When it was seen to run; otherwise it waited. */
  readonly steps: readonly number[];
  /** When it was asked to cancel, null if never: from there on it cleaned up. */
  readonly cancelledAt: number | null;
  readonly outcome: Outcome;
}

/** Returns how long the longest chapter took: the length of an axis that all of them share. */
export function longestChapter({ chapters }: Timeline): number {
  return Math.max(1, ...chapters.map(({ start, end }) => end - start));
}
