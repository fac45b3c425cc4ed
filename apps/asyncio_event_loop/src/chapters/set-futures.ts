/** setFutures: a result that is not there yet, who hears of it, in which order, and the three ways in which it can end. */
import { InvalidStateError, isCancelled } from "@async/futures";

import type { Chapter } from "../chapter.ts";
import { withLoop } from "../with-loop.ts";

export const setFutures: Chapter = {
  title: "Set futures, call back",

  tell: (page, setting) =>
    withLoop(setting, async (loop) => {
      page.say(
        "A future is a result that is not there yet. Whoever waits is called on a later turn, in order.",
      );

      const future = loop.createFuture<number>();
      page.code("const future = loop.createFuture()", String(future));
      try {
        future.result();
      } catch (error) {
        if (!(error instanceof InvalidStateError)) throw error;
        page.code("future.result()", error.name);
      }

      const order: string[] = [];
      future.addDoneCallback(() => order.push("first callback"));
      future.addDoneCallback(({ constructor }) => order.push(`second callback of the ${constructor.name}`));
      loop.callLater(20, () => {
        future.setResult(42);
        order.push("setResult has returned");
      });
      page.code("await loop.runUntilComplete(future)", String(await loop.runUntilComplete(future)));
      page.code("  what happened", order.join(", "));
      page.code("future", String(future));

      const failed = loop.createFuture<string>();
      loop.callSoon(() => failed.setException(new Error("no such thing")));
      page.code("future.setException(error), then await", await loop.runUntilComplete(failed).catch(String));

      const cancelled = loop.createFuture();
      loop.callSoon(() => cancelled.cancel("not needed"));
      const outcome = await loop.runUntilComplete(cancelled).catch((error: unknown) => error);
      page.code(
        "future.cancel(reason), then await",
        `${String(outcome)} (isCancelled: ${isCancelled(outcome)})`,
      );
    }),
};
