import type { Task } from "@async/task";
import { describe, expectTypeOf, it } from "vitest";

import {
  type CancelPlan,
  type FailingCancellationError,
  type FailingScheduleError,
  type LawRunner,
  type RunVirtualOptions,
  type Schedule,
  Sequencer,
  advance,
  cancelEverywhere,
  explore,
  hostWork,
  runVirtual,
  waiterLaws,
} from "../src/index.ts";

describe("types", () => {
  it("runVirtual resolves to what its body returns or resolves to, and gives it its task", () => {
    expectTypeOf(runVirtual(() => 1)).toEqualTypeOf<Promise<number>>();
    expectTypeOf(runVirtual(async () => "a")).toEqualTypeOf<Promise<string>>();
    void runVirtual((task) => expectTypeOf(task).toEqualTypeOf<Task>());
  });

  it("a body is a function", () => {
    expectTypeOf(Promise.resolve()).not.toExtend<Parameters<typeof runVirtual>[0]>();
    expectTypeOf(42).not.toExtend<Parameters<typeof explore>[0]>();
    expectTypeOf<Parameters<typeof cancelEverywhere>[0]>().toBeFunction();
  });

  it("hostWork returns what it is given", () => {
    const promise = Promise.resolve(1);
    expectTypeOf(hostWork(promise)).toEqualTypeOf<Promise<number>>();
    expectTypeOf(1).not.toExtend<Parameters<typeof hostWork>[0]>();
  });

  it("times are numbers", () => {
    expectTypeOf(advance).parameters.toEqualTypeOf<[duration: number]>();
    expectTypeOf<RunVirtualOptions["hostTimeout"]>().toEqualTypeOf<number | undefined>();
  });

  it("a position has the type of its body, and none without", () => {
    const order = new Sequencer();
    expectTypeOf(order.at(0, () => 1)).toEqualTypeOf<Promise<number>>();
    expectTypeOf(order.at(0, async () => "a")).toEqualTypeOf<Promise<string>>();
    expectTypeOf(order.at(0)).toEqualTypeOf<Promise<void>>();
  });

  it("what a failure carries can be replayed", () => {
    expectTypeOf<FailingScheduleError["schedule"]>().toEqualTypeOf<Schedule>();
    expectTypeOf<FailingCancellationError["plan"]>().toEqualTypeOf<CancelPlan>();
    void explore(() => 1, { replay: [[6, 1]] });
    void cancelEverywhere(() => 1, { replay: { moments: [5] } });
    // @ts-expect-error a schedule is a list of pairs
    void explore(() => 1, { replay: [6, 1] });
    // @ts-expect-error once or twice
    void cancelEverywhere(() => 1, { times: 3 });
  });

  it("laws take the functions of a test runner, and something that waits and wakes", () => {
    expectTypeOf({ describe, it }).toExtend<LawRunner>();
    // @ts-expect-error nothing to wake it
    waiterLaws(() => ({ wait: async () => undefined }), { describe, it });
  });
});
