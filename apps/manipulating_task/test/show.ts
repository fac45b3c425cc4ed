/** show: what chapters print on virtual time, and the timeline of their tasks. */
import { stripVTControlCharacters } from "node:util";

import { EventLoop, VirtualClock } from "@async/loop";
import { run } from "@async/task";

import type { Chapter } from "../src/chapter.ts";
import { showChapters } from "../src/show-chapters.ts";
import type { Timeline } from "../src/timeline/timeline.ts";

export async function show(
  chapters: readonly Chapter[],
  numbers = { number: 4, k: 2 },
): Promise<{ readonly printed: string[]; readonly timeline: Timeline }> {
  const printed: string[] = [];
  const print = (line: string) => printed.push(stripVTControlCharacters(line));
  const loop = new EventLoop({ clock: new VirtualClock() });
  const timeline = await run(showChapters(chapters, numbers, { width: 100, print }), { loop });
  return { printed, timeline };
}

/** Returns the lines of one chapter without its heading. */
export async function story(chapter: Chapter, numbers?: { number: number; k: number }): Promise<string[]> {
  const { printed } = await show([{ ...chapter, about: "about" }], numbers);
  return printed.slice(4);
}

/** Returns what became of the tasks of one chapter: name, outcome, and the times of start, end and cancel request. */
export async function outcomes(chapter: Chapter): Promise<string[]> {
  const { timeline } = await show([chapter]);
  return timeline.chapters[0]!.tasks.map(({ name, start, end, cancelledAt, outcome }) => {
    const asked = cancelledAt === null ? "" : `, asked to cancel at ${cancelledAt}`;
    return `${name} ${outcome.kind} (${start} to ${end}${asked})`;
  });
}
