import { UsageError } from "@async/futures";
import { getRunningLoop } from "@async/loop";
import { errorOf } from "@async/test-kit";
import { describe, expect, it } from "vitest";

import { type Timeout, sleep, timeout } from "../src/index.ts";
import { onVirtualTime } from "./on-virtual-time.ts";

describe("Timeout.reschedule", () => {
  it("TOUT-12 can be rescheduled: later, to none, and back; when() follows", () =>
    onVirtualTime(async () => {
      const loop = getRunningLoop();
      const log: unknown[] = [];
      const error = await errorOf(
        timeout(10, async (scope) => {
          log.push(scope.when());
          scope.reschedule(50);
          log.push(scope.when());
          await sleep(30);
          scope.reschedule(null);
          log.push(scope.when());
          await sleep(100);
          scope.reschedule(loop.time() + 5);
          log.push(scope.when());
          await sleep(100);
        }),
      );
      expect([log, error.name, loop.time()]).toEqual([[10, 50, null, 135], "TimeoutError", 135]);
    }));

  it("TOUT-13 cannot be rescheduled while it expires, after that, or after its block", () =>
    onVirtualTime(async () => {
      const log: string[] = [];
      const tryIt = async (scope: Timeout) => log.push((await errorOf(() => scope.reschedule(1e6))).message);
      let limit: Timeout | undefined;
      await errorOf(
        timeout(10, async (scope) => {
          limit = scope;
          await sleep(100).finally(() => tryIt(scope));
        }),
      );
      await tryIt(limit!);
      await timeout(10, (scope) => (limit = scope));
      await tryIt(limit!);
      expect(log).toEqual([
        "Cannot reschedule a timeout that is expiring; start a new one",
        "Cannot reschedule a timeout that is expired; start a new one",
        "Cannot reschedule a timeout that is exited; start a new one",
      ]);
    }));

  it("TOUT-13 refuses a NaN deadline and keeps the old one", () =>
    onVirtualTime(async () => {
      const seen = await timeout(10, async (scope) => {
        const error = await errorOf(() => scope.reschedule(NaN));
        return [error instanceof UsageError, scope.when()];
      });
      expect(seen).toEqual([true, 10]);
    }));
});
