/** A timeline of every outcome, for the tests of the drawings. */
import type { OutcomeKind } from "../../src/timeline/outcome.ts";
import type { ChapterSpan, TaskSpan, Timeline } from "../../src/timeline/timeline.ts";

export const sample: Timeline = {
  duration: 150,
  chapters: [
    chapter("1 Good", 0, 100, [
      span("one", [0, 100], "finished", "42", { steps: [0, 50] }),
      span("second", [50, 60], "failed", 'Error: 1 < 2 & "so on"'),
    ]),
    chapter("2 Bad", 100, 150, [
      span("three", [0, 50], "cancelled", "enough", { steps: [0], cancelledAt: 25 }),
      span("four", [0, 25], "timed out", "the time is up"),
    ]),
  ],
};

export function chapter(title: string, start: number, end: number, tasks: readonly TaskSpan[]): ChapterSpan {
  return { title, start, end, tasks };
}

export function span(
  name: string,
  [start, end]: readonly [number, number],
  kind: OutcomeKind,
  detail: string,
  more: Partial<TaskSpan> = {},
): TaskSpan {
  return { name, start, end, steps: [], cancelledAt: null, outcome: { kind, detail }, ...more };
}
