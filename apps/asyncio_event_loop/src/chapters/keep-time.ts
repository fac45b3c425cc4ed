/** keepTime: periodic work with and without drift, a timer that nobody waits for, and a year on virtual time. */
import { EventLoop, VirtualClock } from "@async/loop";

import type { Chapter } from "../chapter.ts";
import { withLoop } from "../with-loop.ts";

/** Milliseconds from beat to beat, and of work in each. */
const PERIOD = 10;
const WORK = 2;
const BEATS = 25;
const DAY = 24 * 3_600_000;

/** Sets the timer of the next beat. `due` is when that of the last one was due. */
type SetTimer = (loop: EventLoop, due: number, beat: (due: number) => void) => void;

const fromNow: SetTimer = (loop, _due, beat) => void loop.callLater(PERIOD, beat, loop.time() + PERIOD);
const fromDeadline: SetTimer = (loop, due, beat) => void loop.callAt(due + PERIOD, beat, due + PERIOD);

export const keepTime: Chapter = {
  title: "Keep time",

  tell: (page, setting) =>
    withLoop(setting, async (loop) => {
      page.say(
        `A beat every ${PERIOD} ms, with ${WORK} ms of work in each. Counted from now, each beat is late by the work`,
        "of all before it; counted from the last deadline, none is.",
      );
      page.table(
        ["the next beat is set with", `${BEATS} beats should take`, "took"],
        [
          [
            `callLater(${PERIOD})`,
            `${BEATS * PERIOD} ms`,
            `${(await timeBeats(loop, fromNow)).toFixed(0)} ms`,
          ],
          [
            `callAt(due + ${PERIOD})`,
            `${BEATS * PERIOD} ms`,
            `${(await timeBeats(loop, fromDeadline)).toFixed(0)} ms`,
          ],
        ],
      );

      const farAway = loop.callLater(30 * DAY, () => undefined);
      farAway.cancel();
      await loop.runUntilIdle();
      page.say("A timer of 30 days was set and cancelled: the loop was idle at once.");

      const began = performance.now();
      const days = await liveThroughAYear();
      const took = performance.now() - began;
      page.line(`On virtual time: ${days} daily timers, one after another, in ${took.toFixed(1)} ms.`);
    }),
};

async function timeBeats(loop: EventLoop, setTimer: SetTimer): Promise<number> {
  const start = loop.time();
  let beats = 0;
  const beat = (due: number) => {
    work();
    beats += 1;
    if (beats < BEATS) setTimer(loop, due, beat);
  };
  setTimer(loop, start, beat);
  await loop.runUntilIdle();
  return loop.time() - start;
}

function work(): void {
  const end = performance.now() + WORK;
  while (performance.now() < end);
}

async function liveThroughAYear(): Promise<number> {
  const loop = new EventLoop({ clock: new VirtualClock() });
  let days = 0;
  const wake = () => {
    days += 1;
    if (days < 365) loop.callLater(DAY, wake);
  };
  loop.callLater(DAY, wake);
  await loop.runUntilIdle();
  loop.close();
  return days;
}
