import { once } from "node:events";
import { readFile } from "node:fs/promises";
import { type Server, createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout as hostSleep } from "node:timers/promises";

import { CancelledError, isCancelled } from "@async/futures";
import { getRunningLoop } from "@async/loop";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { type Task, type Timeout, createTask, run, sleep, timeout } from "../src/index.ts";
import { errorOf, onVirtualTime } from "./on-virtual-time.ts";

/** A server that answers nothing, and tells when a request has come and when it was given up. */
let server: Server;
let url: string;
const events = () => ({
  came: once(server, "request"),
  givenUp: once(server, "given up"),
});

beforeAll(async () => {
  server = createServer((_, response) => {
    response.on("close", () => server.emit("given up"));
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});

afterAll(() => {
  server.closeAllConnections();
  server.close();
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
    const { came, givenUp } = events();
    await run(async () => {
      const task = createTask(async ({ signal }) => {
        try {
          await fetch(url, { signal });
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
    const slow = createServer((_, response) => {
      response.write("the beginning");
    });
    slow.listen(0, "127.0.0.1");
    await once(slow, "listening");
    const address = `http://127.0.0.1:${(slow.address() as AddressInfo).port}`;
    await run(async () => {
      const reading = Promise.withResolvers();
      const task = createTask(async ({ signal }) => {
        const response = await fetch(address, { signal });
        reading.resolve(null);
        return response.text();
      });
      await reading.promise;
      task.cancel();
      await errorOf(task);
      expect(task.cancelled()).toBe(true);
    });
    slow.closeAllConnections();
    slow.close();
  });

  it.each([
    ["fs.promises.readFile", (signal: AbortSignal) => readFile(import.meta.filename, { signal })],
    ["timers/promises", (signal: AbortSignal) => hostSleep(60_000, undefined, { signal })],
    ["events.once", (signal: AbortSignal) => once(server, "never", { signal })],
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
    const { came } = events();
    await run(async () => {
      const cleanUp = async (name: string) => {
        await sleep(0);
        log.push(name);
      };
      const task = createTask(({ signal }) =>
        Promise.allSettled([
          fetch(url, { signal }).finally(() => cleanUp("fetch")),
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

describe("Timeout.signal", () => {
  it("stops a fetch when the time is up", async () => {
    const { came, givenUp } = events();
    const hurry = async (scope: Timeout) => {
      await came;
      scope.reschedule(0);
    };
    const error = await run(() =>
      errorOf(
        timeout(null, (scope) => {
          void hurry(scope);
          return fetch(url, { signal: scope.signal });
        }),
      ),
    );
    await givenUp;
    expect([error.name, isCancelled(error.cause)]).toEqual(["TimeoutError", true]);
  });

  it("stops a fetch when the task is cancelled", async () => {
    const { came, givenUp } = events();
    await run(async () => {
      const task = createTask(() => timeout(60_000, ({ signal }) => fetch(url, { signal })));
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
