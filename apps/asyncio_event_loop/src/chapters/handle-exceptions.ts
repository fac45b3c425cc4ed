/**
 * handleExceptions: where errors go that nobody waits for. Each comes to the loop's exception handler with what is known of it, and the loop
 * goes on.
 */
import type { Chapter } from "../chapter.ts";
import { withLoop } from "../with-loop.ts";

export const handleExceptions: Chapter = {
  title: "Handle exceptions",

  async tell(page, setting) {
    page.say("No error is swallowed, and none ends the process: the handler gets them all.");
    const reports: [string, string, string][] = [];
    let from = "";
    let survived = false;

    await withLoop(setting, async (loop) => {
      loop.setExceptionHandler((_loop, { message, exception }) => {
        reports.push([from, message, String(exception)]);
      });

      from = "a callback that throws";
      loop.callSoon(function adjust() {
        throw new Error("a screw is loose");
      });
      await loop.runUntilIdle();

      from = "an async one, later";
      loop.callSoon(async function measure() {
        await Promise.resolve();
        throw new RangeError("off the scale");
      });
      await loop.runUntilIdle();

      loop.callLater(5, () => (survived = true));
      await loop.runUntilIdle();

      // Somebody could still look at this one: only when the loop closes is it certain that nobody will.
      from = "a future nobody read";
      loop.createFuture().setException(new Error("lost in the post"));
    });

    page.table(["from", "message", "exception"], reports);
    page.line(`The loop went on meanwhile: ${survived}. The last report came when it was closed.`);
  },
};
