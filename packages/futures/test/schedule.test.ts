import { microtasks } from "@async/test-kit";
import { describe, expect, it, vi } from "vitest";

import { type Job, reportException, schedule } from "../src/port.ts";
import { ManualScheduler, minimalScheduler } from "./manual-scheduler.ts";

function job(name: string, log: string[]): Job {
  return { next: null, run: () => log.push(name) > 0, describe: () => name };
}

describe("schedule", () => {
  it("hands the job to the scheduler, first in first out", async () => {
    const scheduler = new ManualScheduler();
    const log: string[] = [];
    for (const name of ["a", "b"]) schedule(scheduler, job(name, log));
    await microtasks();
    expect(log).toEqual([]);
    await scheduler.turn();
    expect(log).toEqual(["a", "b"]);
  });

  it("has a scheduler that takes no jobs call it back", async () => {
    const scheduler = new ManualScheduler();
    const log: string[] = [];
    schedule(minimalScheduler(scheduler), job("a", log));
    expect(log).toEqual([]);
    await scheduler.turn();
    expect(log).toEqual(["a"]);
  });

  it.each([
    ["there is no scheduler", null],
    ["it is closed", Object.assign(new ManualScheduler(), { isClosed: true })],
  ])("uses the next tick of the host when %s", async (_, scheduler) => {
    const log: string[] = [];
    for (const name of ["a", "b"]) schedule(scheduler, job(name, log));
    log.push("scheduled");
    await microtasks();
    expect(log).toEqual(["scheduled", "a", "b"]);
  });

  it("goes on under the fake timers of a test runner", async () => {
    vi.useFakeTimers({ toFake: ["queueMicrotask", "setTimeout"] });
    try {
      const log: string[] = [];
      schedule(null, job("a", log));
      await microtasks();
      expect(log).toEqual(["a"]);
    } finally {
      vi.useRealTimers();
    }
  });
});

describe("reportException", () => {
  const context = { message: "it went wrong", exception: new Error("boom") };

  it("gives the context to the scheduler's exception handler", () => {
    const scheduler = new ManualScheduler();
    reportException(scheduler, context);
    expect(scheduler.reports).toEqual([context]);
  });

  it.each([null, minimalScheduler(new ManualScheduler())])(
    "warns the process, with the stack, where no handler is",
    (scheduler) => {
      const warnings = vi.spyOn(process, "emitWarning").mockImplementation(() => {});
      reportException(scheduler, context);
      expect(warnings.mock.calls).toEqual([
        ["it went wrong", { type: "UnhandledFutureWarning", detail: context.exception.stack }],
      ]);
      warnings.mockRestore();
    },
  );

  it("never throws, whatever the exception is or the handler does", () => {
    const warnings = vi.spyOn(process, "emitWarning").mockImplementation(() => {});
    const throwing = Object.assign(minimalScheduler(new ManualScheduler()), {
      callExceptionHandler() {
        throw new Error("handler");
      },
    });
    for (const exception of [Object.create(null), Symbol("boom"), null, undefined]) {
      expect(() => reportException(null, { message: "it went wrong", exception })).not.toThrow();
    }
    expect(() => reportException(throwing, context)).not.toThrow();
    const messages = warnings.mock.calls.map(([message]) => message);
    expect(messages.filter((message) => message === "it went wrong")).toHaveLength(5);
    warnings.mockRestore();
  });
});
