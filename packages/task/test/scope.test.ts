/** Which awaits a request reaches: those opened in its scope and below, never those beside or above. */
import { Future, isCancelled } from "@async/futures";
import { getRunningLoop } from "@async/loop";
import { errorOf } from "@async/test-kit";
import { describe, expect, it } from "vitest";

import { createTask, sleep, timeout } from "../src/index.ts";
import { onVirtualTime } from "./on-virtual-time.ts";

describe("scopes", () => {
  it("the expiry of a timeout reaches the awaits in its body and below, not those above", () =>
    onVirtualTime(async () => {
      const log: string[] = [];
      const wait = (name: string) =>
        sleep(50).then(
          () => log.push(`${name} done`),
          (error: unknown) => log.push(`${name} ${(error as Error).name}`),
        );
      const above = wait("above");
      await timeout(10, async () => {
        const inBody = wait("in the body");
        await timeout(null, () => wait("below"));
        await inBody;
      });
      await above;
      expect(log).toEqual(["in the body CancelledError", "below CancelledError", "above done"]);
    }));

  it("what a body left open belongs to the scope above once the body has ended", () =>
    onVirtualTime(async () => {
      const log: string[] = [];
      const task = createTask(async () => {
        await timeout(10, () => {
          void sleep(100).then(
            () => log.push("done"),
            (error: unknown) => log.push((error as Error).name),
          );
        });
        await sleep(1000);
      });
      await sleep(50);
      log.push("the deadline has passed");
      task.cancel();
      await errorOf(task);
      expect(log).toEqual(["the deadline has passed", "CancelledError"]);
    }));

  it("what a body left running opens its next awaits in the scope above", () =>
    onVirtualTime(async () => {
      const log: string[] = [];
      const twice = async () => {
        await sleep(20);
        await errorOf(sleep(100));
        log.push("interrupted");
      };
      const task = createTask(async () => {
        await timeout(10, () => void twice());
        await sleep(1000);
      });
      await sleep(50);
      task.cancel();
      await errorOf(task);
      expect(log).toEqual(["interrupted"]);
    }));

  it("cancelling() counts the requests to the caller's scope and those above", () =>
    onVirtualTime(async () => {
      const log: number[] = [];
      const task = createTask(async (self) => {
        await errorOf(
          timeout(10, async () => {
            await errorOf(sleep(100));
            log.push(self.cancelling());
            self.cancel();
            log.push(self.cancelling());
            self.uncancel();
            log.push(self.cancelling());
            await sleep(0);
          }),
        );
        log.push(self.cancelling());
      });
      await task;
      expect(log).toEqual([1, 2, 1, 0]);
    }));

  it("a request that no await took is thrown at the next await in its scope, not at one beside it", () =>
    onVirtualTime(async () => {
      const log: string[] = [];
      const { promise, resolve } = Promise.withResolvers();
      const limited = timeout(10, async () => {
        await promise;
        log.push("promises cannot be interrupted");
        await sleep(0);
        log.push("not reached");
      });
      const beside = async () => {
        await sleep(20);
        resolve(null);
        await sleep(20);
        log.push("beside done");
      };
      const [error] = await Promise.all([errorOf(limited), beside()]);
      expect([error.name, log]).toEqual(["TimeoutError", ["promises cannot be interrupted", "beside done"]]);
    }));

  it("awaits of a callback belong to nobody: cancelling the task that set it leaves them alone", () =>
    onVirtualTime(async () => {
      const log: string[] = [];
      const task = createTask(async () => {
        getRunningLoop().callSoon(async () => {
          await sleep(20);
          log.push("callback done");
        });
        await new Future();
      });
      await sleep(10);
      task.cancel();
      expect(isCancelled(await errorOf(task))).toBe(true);
      await sleep(20);
      expect(log).toEqual(["callback done"]);
    }));
});
