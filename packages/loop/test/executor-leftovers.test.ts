/** Work of an executor for which nobody waits any more, and for which somebody waits for ever. */
import { type Executor, Future } from "@async/futures";
import { programRunner } from "@async/test-kit";
import { afterEach, describe, expect, it, vi } from "vitest";

import { virtualLoop } from "./virtual-loop.ts";

const runProgram = programRunner(import.meta.dirname);

/** Runs a program in which a call on an executor is cancelled while it runs, and then what is given. */
const endOfCancelled = (rest: string) =>
  runProgram(`
    import { EventLoop } from "@async/loop";
    import { Future } from "@async/futures";

    const work = new Future();
    const executor = { submit: () => work, map() {}, starmap() {}, async shutdown() {} };
    const loop = new EventLoop();
    const future = loop.runInExecutor(executor, () => {});
    work.setRunningOrNotifyCancel();
    future.cancel();
    ${rest}
    console.log(future.cancelled(), work.done());
  `);

describe("runInExecutor", () => {
  it("leaves no report when it is cancelled and the work fails later", { tags: ["slow"] }, async () => {
    const ended = await endOfCancelled(`
      await loop.runUntilIdle();
      work.setException(new Error("nobody waits for it"));
      await loop.runUntilIdle();
    `);
    expect(ended).toEqual({ exitCode: 0, signal: null, stdout: "true true\n", stderr: "" });
  });

  it("leaves no report when the work fails after the loop has closed", { tags: ["slow"] }, async () => {
    const ended = await endOfCancelled(`
      loop.close();
      work.setException(new Error("nobody waits for it"));
    `);
    expect(ended).toEqual({ exitCode: 0, signal: null, stdout: "true true\n", stderr: "" });
  });
});

describe("shutdownDefaultExecutor", () => {
  afterEach(() => {
    vi.restoreAllMocks();
  });

  it.each([Infinity, 2 ** 31, Number.MAX_VALUE])(
    "waits for the work with a timeout of %d ms",
    async (timeout) => {
      const warnings = vi.spyOn(process, "emitWarning").mockImplementation(() => {});
      const loop = virtualLoop();
      const log: unknown[] = [];
      const executor: Executor = {
        submit: () => new Future<never>(),
        map: () => expect.unreachable(),
        starmap: () => expect.unreachable(),
        async shutdown(options) {
          log.push(options);
          await new Promise((resolve) => setTimeout(resolve, 5));
          log.push("work has ended");
        },
        async [Symbol.asyncDispose]() {},
      };
      loop.setDefaultExecutor(executor);
      await loop.shutdownDefaultExecutor(timeout);
      log.push("resolved");
      expect([log, warnings.mock.calls]).toEqual([[undefined, "work has ended", "resolved"], []]);
    },
  );
});
