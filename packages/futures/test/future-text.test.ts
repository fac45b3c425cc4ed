import { describe, expect, it } from "vitest";

import { Future } from "../src/index.ts";
import { ManualScheduler } from "./manual-scheduler.ts";

describe("the text form of a future", () => {
  const scheduler = new ManualScheduler();
  const named = (...names: string[]) => {
    const future = new Future({ scheduler });
    for (const name of names) future.addDoneCallback({ [name]: () => {} }[name]!);
    return future;
  };

  it("FUT-19 shows pending, running, finished with its outcome, and cancelled", () => {
    const futures = Array.from({ length: 5 }, () => new Future<unknown>());
    const [, running, finished, failed, cancelled] = futures;
    running!.setRunningOrNotifyCancel();
    finished!.setResult({ a: [1] });
    failed!.setException(new Error("boom"));
    failed!.exception();
    cancelled!.cancel();
    expect(futures.map(String)).toEqual([
      "<Future pending>",
      "<Future running>",
      "<Future finished result={ a: [Array] }>",
      "<Future finished exception=Error: boom>",
      "<Future cancelled>",
    ]);
  });

  it("FUT-19 shows the first, the number between and the last of more than two callbacks", () => {
    expect(
      [named("a"), named("a", "b"), named("a", "b", "c"), named("a", "b", "c", "d")].map(String),
    ).toEqual([
      "<Future pending cb=[a()]>",
      "<Future pending cb=[a(), b()]>",
      "<Future pending cb=[a(), <1 more>, c()]>",
      "<Future pending cb=[a(), <2 more>, d()]>",
    ]);
  });

  it("FUT-20 names the place where the future was made, in debug mode", () => {
    const future = new Future({ scheduler: new ManualScheduler({ debug: true }) });
    expect(String(future)).toMatch(/^<Future pending created at .*future-text\.test\.ts:\d+:\d+\)?>$/);
  });

  it("keeps a long result short", () => {
    const future = new Future<string>();
    future.setResult("x".repeat(10_000));
    expect(String(future).length).toBeLessThan(150);
  });

  it("survives a result that holds the future itself", () => {
    const future = new Future<unknown>();
    future.setResult([future]);
    expect(String(future)).toMatch(/^<Future finished result=\[.*\]>$/);
  });
});
