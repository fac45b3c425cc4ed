/** createALoop: a loop is created, runs what was scheduled, and is closed. */
import { UsageError } from "@async/futures";
import { getRunningLoop } from "@async/loop";

import type { Chapter } from "../chapter.ts";

export const createALoop: Chapter = {
  title: "Create a loop",

  async tell(page, { newLoop }) {
    page.say("A loop only runs what it was given, and only while one of its run methods is awaited.");

    const loop = newLoop();
    page.code("const loop = newEventLoop()", String(loop));

    let greeted = false;
    loop.callSoon(() => {
      greeted = true;
      page.code("  in the callback: getRunningLoop()", String(getRunningLoop()));
    });
    page.code("loop.callSoon(greet)", `greeted: ${greeted}`);

    await loop.runUntilIdle();
    page.code("await loop.runUntilIdle()", `greeted: ${greeted}`);

    loop.close();
    page.code("loop.close()", String(loop));
    try {
      loop.callSoon(() => undefined);
    } catch (error) {
      if (!(error instanceof UsageError)) throw error;
      page.code("loop.callSoon(greet)", String(error));
    }
  },
};
