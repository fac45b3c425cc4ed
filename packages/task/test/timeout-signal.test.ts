import { setTimeout as hostSleep } from "node:timers/promises";

import { isCancelled } from "@async/futures";
import { getRunningLoop } from "@async/loop";
import { errorOf } from "@async/test-kit";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { type Timeout, createTask, run, sleep, timeout } from "../src/index.ts";
import { onVirtualTime } from "./on-virtual-time.ts";
import { type SilentServer, startSilentServer } from "./silent-server.ts";

let silent: SilentServer;
beforeAll(async () => {
  silent = await startSilentServer();
});
afterAll(() => silent[Symbol.asyncDispose]());

describe("Timeout.signal", () => {
  it("stops a fetch when the time is up", async () => {
    const { came, givenUp } = silent.nextRequest();
    const hurry = async (scope: Timeout) => {
      await came;
      scope.reschedule(0);
    };
    const error = await run(() =>
      errorOf(
        timeout(null, (scope) => {
          void hurry(scope);
          return fetch(silent.url, { signal: scope.signal });
        }),
      ),
    );
    await givenUp;
    expect([error.name, isCancelled(error.cause)]).toEqual(["TimeoutError", true]);
  });

  it("stops a fetch when the task is cancelled", async () => {
    const { came, givenUp } = silent.nextRequest();
    await run(async () => {
      const task = createTask(() => timeout(60_000, ({ signal }) => fetch(silent.url, { signal })));
      await came;
      task.cancel();
      await errorOf(task);
      expect(task.cancelled()).toBe(true);
    });
    await givenUp;
    expect.assertions(1);
  });

  it("stops timers/promises, whose AbortError becomes the TimeoutError", () =>
    run(async (main) => {
      const error = await errorOf(timeout(1, ({ signal }) => hostSleep(60_000, undefined, { signal })));
      await sleep(0);
      expect([error.name, main.cancelling()]).toEqual(["TimeoutError", 0]);
    }));

  it("is not aborted by a timeout that lies below, and leaves the task's alone", () =>
    onVirtualTime(async (main) => {
      const { signal } = main;
      const seen = await timeout(1000, async (outer) => {
        const before = outer.signal;
        await errorOf(timeout(1, () => sleep(100)));
        return before.aborted;
      });
      expect([seen, signal.aborted, getRunningLoop().time()]).toEqual([false, false, 1]);
    }));
});
