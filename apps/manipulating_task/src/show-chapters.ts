/** showChapters: the main task. It shows one chapter after another, and returns the timeline of all their tasks. */
import { type Coroutine, sleep } from "@async/task";

import type { Chapter } from "./chapter.ts";
import type { Numbers } from "./command-line.ts";
import { Stage } from "./stage.ts";
import { Narrator, type Page } from "./text/narrator.ts";
import { TimelineRecorder } from "./timeline/timeline-recorder.ts";
import type { Timeline } from "./timeline/timeline.ts";

export function showChapters(
  chapters: readonly Chapter[],
  numbers: Numbers,
  page: Page,
): Coroutine<Timeline> {
  return async (main) => {
    main.name = "main";
    const recorder = new TimelineRecorder();
    for (const [index, chapter] of chapters.entries()) {
      const title = `${index + 1} ${chapter.title}`;
      recorder.beginChapter(title);
      const narrator = new Narrator(page);
      narrator.open(title, chapter.about);
      await chapter.run(new Stage(recorder, narrator), numbers);
      // The callbacks of the task that has just ended have their turn first: one of them is the recorder's.
      await sleep(0);
      recorder.endChapter();
    }
    return recorder.timeline();
  };
}
