/**
 * Stage: where the tasks of a chapter are seen and heard.
 *
 * It only looks on: a task is watched through what every task offers (its name, `addDoneCallback`, its signal), and who speaks is
 * `currentTask()`. The chapters create, await and cancel their tasks as any program does.
 */
import { type Task, currentTask } from "@async/task";

import { type Bar, drawComparison } from "./text/comparison.ts";
import type { Narrator } from "./text/narrator.ts";
import { outcomeOf } from "./timeline/outcome.ts";
import type { TimelineRecorder } from "./timeline/timeline-recorder.ts";

export class Stage {
  readonly #recorder: TimelineRecorder;
  readonly #narrator: Narrator;

  constructor(recorder: TimelineRecorder, narrator: Narrator) {
    this.#recorder = recorder;
    this.#narrator = narrator;
  }

  /** Gives the task a lane beside the text and a row in the timeline, and returns it. */
  readonly watch = <T>(task: Task<T>): Task<T> => {
    this.#recorder.watch(task);
    this.#narrator.enter(task);
    task.addDoneCallback(() => {
      this.#narrator.leave(this.#recorder.sinceChapter(), task, outcomeOf(task));
    });
    return task;
  };

  /** Prints what the running task has to say; that it ran now goes into the timeline. */
  readonly say = (text: string): void => {
    const speaker = currentTask();
    this.#recorder.noteStep(speaker);
    this.#narrator.say(this.#recorder.sinceChapter(), speaker, text);
  };

  /** Prints measured times as bars below each other, compared with the first. */
  readonly compare = (bars: readonly Bar[]): void => {
    this.#narrator.show((width) => drawComparison(bars, width));
  };
}
