/** When what an abort listener has woken runs: before the next callback of the loop, as after every callback. */
import { getRunningLoop } from "@async/loop";
import { errorOf } from "@async/test-kit";
import { describe, expect, it } from "vitest";

import { TaskGroup, sleep, timeout } from "../src/index.ts";
import { onVirtualTime } from "./on-virtual-time.ts";

/** Often, because the loop, which takes a turn of the host when a callback was long, may do so after the first ones in any case. */
const ROUNDS = 20;
const EXPECTED = Array.from({ length: ROUNDS }, () => [
  "listener",
  "microtask of the listener",
  "next callback",
]).flat();

/** Has the round happen often on one loop, and returns what it logged. */
async function logOfRounds(round: (log: string[]) => Promise<unknown>): Promise<string[]> {
  const log: string[] = [];
  await onVirtualTime(async () => {
    for (let count = 0; count < ROUNDS; count += 1) await round(log);
  });
  return log;
}

/** Writes down when the listener runs and when its microtasks do. */
function logAbort(signal: AbortSignal, log: string[]): void {
  signal.addEventListener("abort", () => {
    log.push("listener");
    queueMicrotask(() => log.push("microtask of the listener"));
  });
}

describe("microtasks of an abort listener run before the next callback of the loop", () => {
  it("when a timeout expires", async () => {
    const log = await logOfRounds((log) =>
      errorOf(
        timeout(5, ({ signal }) => {
          logAbort(signal, log);
          getRunningLoop().callLater(5, () => log.push("next callback"));
          return sleep(100);
        }),
      ),
    );
    expect(log).toEqual(EXPECTED);
  });

  it("when a timeout is rescheduled to a time that has passed", async () => {
    const log = await logOfRounds((log) =>
      errorOf(
        timeout(null, (scope) => {
          logAbort(scope.signal, log);
          scope.reschedule(0);
          getRunningLoop().callSoon(() => log.push("next callback"));
          return sleep(100);
        }),
      ),
    );
    expect(log).toEqual(EXPECTED);
  });

  it("when a child of a task group fails", async () => {
    const log = await logOfRounds((log) =>
      errorOf(
        TaskGroup.run(async (group) => {
          const child = group.createTask(() => sleep(5).then(() => Promise.reject(new Error("boom"))));
          void group.createTask(async ({ signal }) => {
            logAbort(signal, log);
            await sleep(100);
          });
          // After the group's own callback on the child, so that it is the next one.
          child.addDoneCallback(() => log.push("next callback"));
          await sleep(100);
        }),
      ),
    );
    expect(log).toEqual(EXPECTED);
  });
});
