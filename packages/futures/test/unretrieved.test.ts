import { errorOf, microtasks, programRunner } from "@async/test-kit";
import { afterEach, describe, expect, it, vi } from "vitest";

import { Future } from "../src/index.ts";
import { reportUnretrieved } from "../src/port.ts";
import { ManualScheduler } from "./manual-scheduler.ts";

const runProgram = programRunner(import.meta.dirname);

function failed(scheduler: ManualScheduler, message = "boom"): Future {
  const future = new Future({ scheduler });
  future.setException(new Error(message));
  return future;
}

describe("a failure that nobody looked at", () => {
  it("is reported to the exception handler when the loop closes, once", () => {
    const scheduler = new ManualScheduler();
    void failed(scheduler);
    reportUnretrieved(scheduler);
    reportUnretrieved(scheduler);
    expect(scheduler.reports).toEqual([
      { message: "Future exception was never retrieved", exception: new Error("boom") },
    ]);
  });

  it("is reported in the order of the failures, to its own loop alone", () => {
    const [one, other] = [new ManualScheduler(), new ManualScheduler()];
    const futures = [failed(one, "first"), failed(other, "other"), failed(one, "second")];
    reportUnretrieved(one);
    expect(one.reports.map(({ exception }) => String(exception))).toEqual(["Error: first", "Error: second"]);
    expect(other.reports).toEqual([]);
    futures[1]!.exception();
  });

  it("FUT-20 is reported with the place where the future was made, in debug mode", () => {
    const scheduler = new ManualScheduler({ debug: true });
    void failed(scheduler);
    reportUnretrieved(scheduler);
    expect(scheduler.reports[0]!.createdAt).toContain("unretrieved.test.ts");
  });

  const looks: Record<string, (future: Future) => unknown> = {
    "exception()": (future) => future.exception(),
    "result()": (future) => errorOf((async () => future.result())()),
    await: (future) => errorOf(future),
    catch: (future) => future.catch(() => {}),
    then: (future) => future.then(undefined, () => {}),
    "cancel()": (future) => future.cancel(),
  };

  it.each(Object.keys(looks))("is not reported after %s", async (name) => {
    const scheduler = new ManualScheduler();
    await looks[name]!(failed(scheduler));
    reportUnretrieved(scheduler);
    expect(scheduler.reports).toEqual([]);
  });

  it("is not reported when an await was waiting for it", async () => {
    const scheduler = new ManualScheduler();
    const future = new Future({ scheduler });
    const waiting = errorOf(future);
    await microtasks();
    future.setException(new Error("boom"));
    await scheduler.settle();
    await waiting;
    reportUnretrieved(scheduler);
    expect(scheduler.reports).toEqual([]);
  });

  it("is reported although a callback was called, which did not look", async () => {
    const scheduler = new ManualScheduler();
    const future = new Future({ scheduler });
    future.addDoneCallback(() => {});
    future.setException(new Error("boom"));
    await scheduler.settle();
    reportUnretrieved(scheduler);
    expect(scheduler.reports).toHaveLength(1);
  });

  it("FUT-13 does not concern results, cancellations and abandoned futures", () => {
    const scheduler = new ManualScheduler();
    const [finished, cancelled] = [new Future({ scheduler }), new Future({ scheduler })];
    void new Future({ scheduler });
    finished.setResult(1);
    cancelled.cancel();
    reportUnretrieved(scheduler);
    expect(scheduler.reports).toEqual([]);
  });
});

describe("a warning ahead of the report", () => {
  afterEach(() => {
    vi.restoreAllMocks();
    vi.useRealTimers();
  });

  /** A failure whose timers are fake: the module captures its timers when it is imported. */
  async function failureOnFakeTime() {
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
    vi.resetModules();
    const { markRetrieved, trackFailure, warnIfUnretrieved } = await import("../src/unretrieved.ts");
    const warnings = vi.spyOn(process, "emitWarning").mockImplementation(() => {});
    const context = { message: "Task exception was never retrieved", exception: new Error("boom") };
    const future = {};
    trackFailure(future, new ManualScheduler(), context);
    const warnAfter = (delay: number) => {
      warnIfUnretrieved(future, delay);
    };
    const retrieve = () => {
      markRetrieved(future);
    };
    return { warnAfter, retrieve, warnings };
  }

  it("comes once when nobody has looked by then", async () => {
    const { warnAfter, retrieve, warnings } = await failureOnFakeTime();
    warnAfter(1000);
    vi.advanceTimersByTime(999);
    expect(warnings).not.toHaveBeenCalled();
    vi.advanceTimersByTime(10_000);
    expect(warnings.mock.calls.map(([message]) => message)).toEqual([
      "Task exception was never retrieved so far, 1000 ms after it failed; await the task, or read its exception()",
    ]);
    retrieve();
  });

  it("does not come when somebody has", async () => {
    const { warnAfter, retrieve, warnings } = await failureOnFakeTime();
    warnAfter(1000);
    retrieve();
    vi.advanceTimersByTime(10_000);
    expect(warnings).not.toHaveBeenCalled();
  });
});

describe("in a program without a loop", { tags: ["slow"] }, () => {
  it("a failure is a process warning at exit, with its stack; the exit code is 0", async () => {
    const { exitCode, stderr } = await runProgram(`
      import { Future } from "@async/futures";
      const failing = () => new Error("boom");
      new Future().setException(failing());
    `);
    expect(stderr).toMatch(
      /UnhandledFutureWarning: Future exception was never retrieved[^]*Error: boom[^]*at failing/,
    );
    expect(exitCode).toBe(0);
  });

  it("a failure that was read leaves no trace", async () => {
    const ended = await runProgram(`
      import { Future } from "@async/futures";
      const future = new Future();
      future.setException(new Error("boom"));
      future.exception();
    `);
    expect(ended).toEqual({ exitCode: 0, signal: null, stdout: "", stderr: "" });
  });

  it.each(["Object.create(null)", "Symbol('boom')", "{ toString: 1 }", "() => 1", "0", "null"])(
    "%s, thrown in place of an error, is reported without ending the process",
    async (thrown) => {
      const { exitCode, stdout } = await runProgram(
        `
          import { Future } from "@async/futures";
          process.on("warning", (warning) => console.log(warning.name));
          new Future().setException(${thrown});
          for (let round = 0; round < 10; round += 1) {
            gc();
            await new Promise((resolve) => setImmediate(resolve));
          }
        `,
        "--expose-gc",
        "--no-warnings",
      );
      expect([exitCode, stdout]).toEqual([0, "UnhandledFutureWarning\n"]);
    },
  );
});

describe("in a program with a loop", { tags: ["slow"] }, () => {
  /** Futures of a scheduler that prints its reports, and the code of the test. */
  const withScheduler = (code: string) => `
    import { Future } from "@async/futures";
    const scheduler = {
      callSoon: setImmediate,
      callLater: (delay, callback) => setTimeout(callback, delay),
      callExceptionHandler: ({ message, exception }) => console.log(message, exception.message),
    };
    const failed = (name) => {
      const future = new Future({ scheduler });
      future.setException(new Error(name));
      return future;
    };
    const collectGarbage = async () => {
      for (let round = 0; round < 10; round += 1) {
        gc();
        await new Promise((resolve) => setImmediate(resolve));
      }
    };
    ${code}
  `;

  it("LOOP-31 a failure is reported once when its future is collected; one that was read or cancelled is not", async () => {
    const ended = await runProgram(
      withScheduler(`
        failed("read").exception();
        failed("cancelled").cancel();
        failed("unread");
        new Future({ scheduler }).setResult("unread");
        new Future({ scheduler });
        await collectGarbage();
        console.log("end");
      `),
      "--expose-gc",
    );
    expect(ended).toEqual({
      exitCode: 0,
      signal: null,
      stdout: "Future exception was never retrieved unread\nend\n",
      stderr: "",
    });
  });

  it("a failure whose future is held is reported at exit, not before", async () => {
    const ended = await runProgram(
      withScheduler(`
        globalThis.held = failed("held");
        await collectGarbage();
        console.log("end");
      `),
      "--expose-gc",
    );
    expect(ended).toEqual({
      exitCode: 0,
      signal: null,
      stdout: "end\nFuture exception was never retrieved held\n",
      stderr: "",
    });
  });

  it("a handler that throws at exit does not keep the next report from being made", async () => {
    const { exitCode, stdout } = await runProgram(
      withScheduler(`
        globalThis.held = [failed("first"), failed("second")];
        const { callExceptionHandler } = scheduler;
        scheduler.callExceptionHandler = (context) => {
          callExceptionHandler(context);
          throw new Error("handler");
        };
      `),
    );
    expect([exitCode, stdout]).toEqual([
      0,
      "Future exception was never retrieved first\nFuture exception was never retrieved second\n",
    ]);
  });
});
