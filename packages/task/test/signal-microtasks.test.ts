/** When what an abort listener has woken runs: before the next callback of the loop, as after every callback. */
import { getRunningLoop } from "@async/loop";
import { errorOf } from "@async/test-kit";
import { describe, expect, it } from "vitest";

import { TaskGroup, createTask, sleep, timeout } from "../src/index.ts";
import { onVirtualTime } from "./on-virtual-time.ts";

const EXPECTED = ["listener", "microtask of the listener", "next callback"];

/** Writes down when the listener runs and when its microtasks do. */
function logAbort(signal: AbortSignal, log: string[]): void {
  signal.addEventListener("abort", () => {
    log.push("listener");
    queueMicrotask(() => log.push("microtask of the listener"));
  });
}

describe("microtasks of an abort listener run before the next callback of the loop", () => {
  it("when a timeout expires", () =>
    onVirtualTime(async () => {
      const log: string[] = [];
      await errorOf(
        timeout(5, ({ signal }) => {
          logAbort(signal, log);
          getRunningLoop().callLater(5, () => log.push("next callback"));
          return sleep(100);
        }),
      );
      expect(log).toEqual(EXPECTED);
    }));

  it("when a timeout is rescheduled to a time that has passed", () =>
    onVirtualTime(async () => {
      const log: string[] = [];
      await errorOf(
        timeout(null, (scope) => {
          logAbort(scope.signal, log);
          scope.reschedule(0);
          getRunningLoop().callSoon(() => log.push("next callback"));
          return sleep(100);
        }),
      );
      expect(log).toEqual(EXPECTED);
    }));

  it("when a child of a task group fails", () =>
    onVirtualTime(async () => {
      const log: string[] = [];
      const failing = createTask(async () => {
        await errorOf(
          TaskGroup.run(async (group) => {
            const child = group.createTask(() => sleep(5).then(() => Promise.reject(new Error("boom"))));
            const sibling = group.createTask(async ({ signal }) => {
              logAbort(signal, log);
              await sleep(100);
            });
            await sleep(0);
            // Registered after the group's own, so that it is the next callback.
            child.addDoneCallback(() => log.push("next callback"));
            await errorOf(sibling);
          }),
        );
      });
      await failing;
      expect(log).toEqual(EXPECTED);
    }));
});
