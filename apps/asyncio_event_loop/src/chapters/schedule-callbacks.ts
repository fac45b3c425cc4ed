/**
 * scheduleCallbacks: callSoon, callLater and callAt, and the order in which their callbacks run.
 *
 * What is ready runs first in, first out. What a callback schedules belongs to the next turn. Timers run by deadline, not by the order in which
 * they were set; with equal deadlines, in that order.
 */
import type { Chapter } from "../chapter.ts";
import { withLoop } from "../with-loop.ts";

export const scheduleCallbacks: Chapter = {
  title: "Schedule callbacks",

  tell: (page, setting) =>
    withLoop(setting, async (loop) => {
      page.say(
        "Soon is the next turn, later counts from now, at is a time of the loop's clock (milliseconds).",
      );

      const start = loop.time();
      const ran: [string, string][] = [];
      const note = (what: string) => ran.push([what, `${(loop.time() - start).toFixed(1)} ms`]);

      loop.callLater(40, note, "callLater(40)");
      loop.callAt(start + 20, note, "callAt(start + 20)");
      loop.callAt(start + 20, note, "callAt(start + 20), set after it");
      const unwanted = loop.callLater(30, note, "callLater(30), cancelled");
      loop.callSoon(() => {
        note("callSoon, the first");
        loop.callSoon(note, "callSoon, from within the first");
      });
      loop.callSoon(note, "callSoon, the second");
      unwanted.cancel();
      await loop.runUntilIdle();

      page.table(["in the order in which they ran", "at"], ran);
      page.line(`Never ran: ${String(unwanted)}`);
    }),
};
