import { once } from "node:events";
import { truncateSync, writeFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import path from "node:path";
import { setTimeout as hostSleep } from "node:timers/promises";

import { CancelledError } from "@async/futures";
import { errorOf, serve, temporaryFolder } from "@async/test-kit";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { type Task, createTask, run, sleep } from "../src/index.ts";
import { onVirtualTime } from "./on-virtual-time.ts";
import { type SilentServer, startSilentServer } from "./silent-server.ts";

const folder = temporaryFolder();
/** So large that no request comes too late to stop its reading. It is all hole, and takes no room on the disk. */
const largeFile = path.join(folder.path, "large");
let silent: SilentServer;
beforeAll(async () => {
  writeFileSync(largeFile, "");
  truncateSync(largeFile, 2 ** 28);
  silent = await startSilentServer();
});
afterAll(async () => {
  folder[Symbol.dispose]();
  await silent[Symbol.asyncDispose]();
});

describe("Task.signal", () => {
  it("is the same one each time, and not aborted before a request", () =>
    onVirtualTime(async (main) => {
      expect([main.signal === main.signal, main.signal.aborted]).toEqual([true, false]);
    }));

  it("aborts with the CancelledError, and its reason", () =>
    onVirtualTime(async () => {
      const task: Task = createTask(() => sleep(100));
      const { signal } = task;
      await sleep(0);
      task.cancel("enough");
      await errorOf(task);
      expect([signal.aborted, signal.reason]).toEqual([true, new CancelledError("enough")]);
    }));

  it("asked for when a request waits to be thrown is aborted already: a fetch with it must not go on for ever", () =>
    onVirtualTime(async () => {
      const log: unknown[] = [];
      const task = createTask(async (self) => {
        self.cancel("enough");
        log.push(self.signal.aborted);
        await fetch("http://127.0.0.1:9", { signal: self.signal });
        log.push("not reached");
      });
      await errorOf(task);
      expect([log, task.cancelled()]).toEqual([[true], true]);
    }));

  it("is aborted in the clean-up, whether it was asked for before the request or is only now", () =>
    onVirtualTime(async () => {
      const log: unknown[] = [];
      for (const asksBefore of [true, false]) {
        const task = createTask(async (self) => {
          if (asksBefore) log.push(self.signal.aborted);
          await errorOf(sleep(100));
          log.push(self.signal.aborted);
        });
        await sleep(0);
        task.cancel();
        await task;
      }
      expect(log).toEqual([false, true, true]);
    }));

  it("stops a fetch when the task is cancelled; the task counts as cancelled, and its clean-up may await", async () => {
    const log: unknown[] = [];
    const { came, givenUp } = silent.nextRequest();
    await run(async () => {
      const task = createTask(async ({ signal }) => {
        try {
          await fetch(silent.url, { signal });
        } finally {
          log.push("clean-up begins");
          await sleep(1);
          log.push("clean-up ends");
        }
      });
      await came;
      task.cancel("enough");
      const error = await errorOf(task);
      log.push([task.cancelled(), (error as CancelledError).reason]);
    });
    await givenUp;
    expect(log).toEqual(["clean-up begins", "clean-up ends", [true, "enough"]]);
  });

  it("stops the reading of a response's body", async () => {
    await using slow = await serve((_, response) => {
      response.write("the beginning");
    });
    await run(async () => {
      const reading = Promise.withResolvers();
      const task = createTask(async ({ signal }) => {
        const response = await fetch(slow.url, { signal });
        reading.resolve(null);
        return response.text();
      });
      await reading.promise;
      task.cancel();
      await errorOf(task);
      expect(task.cancelled()).toBe(true);
    });
  });

  it.each([
    ["fs.promises.readFile", (signal: AbortSignal) => readFile(largeFile, { signal })],
    ["timers/promises", (signal: AbortSignal) => hostSleep(60_000, undefined, { signal })],
    ["events.once", (signal: AbortSignal) => once(silent.server, "never", { signal })],
  ])("stops %s, and the clean-up may await", (_, work) =>
    run(async () => {
      const log: string[] = [];
      const task = createTask(async ({ signal }) => {
        try {
          await work(signal);
        } finally {
          await sleep(1);
          log.push("cleaned up");
        }
      });
      await sleep(0);
      task.cancel("enough");
      const error = await errorOf(task);
      expect([task.cancelled(), (error as CancelledError).reason, log]).toEqual([
        true,
        "enough",
        ["cleaned up"],
      ]);
    }),
  );

  it("stops work with a signal made of it by AbortSignal.any, and is thrown again at the clean-up's first await", () =>
    // The engine hands the reason on without reading it, so the cancellation does not count as delivered.
    run(async () => {
      const log: string[] = [];
      const task = createTask(async ({ signal }) => {
        const either = AbortSignal.any([signal, new AbortController().signal]);
        try {
          await hostSleep(60_000, undefined, { signal: either });
        } finally {
          const again = await errorOf(sleep(1));
          log.push(again.name);
          await sleep(1);
          log.push("cleaned up");
        }
      });
      await sleep(0);
      task.cancel("enough");
      await errorOf(task);
      expect([task.cancelled(), log]).toEqual([true, ["CancelledError", "cleaned up"]]);
    }));

  it("work that was given the signal before a request to another task goes on", () =>
    run(async () => {
      const other = createTask(() => sleep(60_000));
      const task = createTask(({ signal }) => hostSleep(5, "done", { signal }));
      await sleep(0);
      other.cancel();
      expect(await task).toBe("done");
    }));

  it("an AbortError of the program's own is a failure, not a cancellation", () =>
    run(async () => {
      const controller = new AbortController();
      const task = createTask(() => hostSleep(60_000, undefined, { signal: controller.signal }));
      await sleep(0);
      controller.abort();
      expect((await errorOf(task)).name).toBe("AbortError");
      expect(task.cancelled()).toBe(false);
    }));

  it("with a mere listener that rejects nothing does not swallow the cancellation", () =>
    onVirtualTime(async () => {
      const log: string[] = [];
      const task = createTask(async (self) => {
        self.signal.addEventListener("abort", () => log.push("heard"));
        self.cancel();
        await Promise.resolve();
        log.push("goes on");
        await sleep(0);
        log.push("not reached");
      });
      await errorOf(task);
      expect([task.cancelled(), log]).toEqual([true, ["heard", "goes on"]]);
    }));

  it("a listener that only looks at whether it is aborted does not swallow the cancellation", () =>
    onVirtualTime(async () => {
      const log: unknown[] = [];
      const task = createTask(async (self) => {
        const { signal } = self;
        self.cancel();
        await Promise.resolve();
        log.push(signal.aborted);
        await sleep(0);
        log.push("not reached");
      });
      await errorOf(task);
      expect([task.cancelled(), log]).toEqual([true, [true]]);
    }));

  it("throwIfAborted throws the cancellation, and the clean-up may await", () =>
    onVirtualTime(async () => {
      const log: string[] = [];
      const task = createTask(async (self) => {
        self.cancel();
        try {
          self.signal.throwIfAborted();
          log.push("not reached");
        } finally {
          await sleep(1);
          log.push("cleaned up");
        }
      });
      await errorOf(task);
      expect([task.cancelled(), log]).toEqual([true, ["cleaned up"]]);
    }));

  it("a fetch beside another await of ours: both end, the clean-up of both may await", async () => {
    const log: string[] = [];
    const { came } = silent.nextRequest();
    await run(async () => {
      const cleanUp = async (name: string) => {
        await sleep(0);
        log.push(name);
      };
      const task = createTask(({ signal }) =>
        Promise.allSettled([
          fetch(silent.url, { signal }).finally(() => cleanUp("fetch")),
          sleep(60_000).finally(() => cleanUp("sleep")),
        ]),
      );
      await came;
      task.cancel();
      await task;
    });
    expect(log.toSorted()).toEqual(["fetch", "sleep"]);
  });
});
