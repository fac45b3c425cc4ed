import { CancelledError, Future, isCancelled } from "@async/futures";
import { createTask, run, sleep } from "@async/task";
import { expect, it } from "vitest";

import { outcomeOf, outcomesOf } from "../src/outcome-of.ts";

it("gives the result, the error, and the error that is thrown at the call", () =>
  run(async () => {
    expect(await outcomeOf(() => sleep(0, 42))).toBe("42");
    expect(await outcomeOf(() => Promise.reject(new RangeError("no")))).toBe("RangeError: no");
    const refuse = () => {
      throw new TypeError("not like this");
    };
    expect(await outcomeOf(refuse)).toBe("TypeError: not like this");
  }));

it("gives the results of an iteration up to its error", () =>
  run(async () => {
    const iteration = async function* () {
      yield 1;
      yield 2;
      throw new RangeError("no more");
    };
    expect(await outcomesOf(iteration())).toBe("1, 2, RangeError: no more");
  }));

it("takes a future that somebody else has cancelled for an outcome", () =>
  run(async () => {
    const future = new Future();
    future.cancel("enough");
    expect(await outcomeOf(() => future)).toBe(String(new CancelledError("enough")));
  }));

it.each([
  ["a call", () => outcomeOf(() => sleep(60_000))],
  [
    "an iteration",
    () => outcomesOf({ [Symbol.asyncIterator]: () => ({ next: () => sleep(60_000) as never }) }),
  ],
])("of %s passes the cancellation of its own task on", (_, ask) =>
  run(async () => {
    const task = createTask(ask);
    await sleep(0);
    task.cancel();
    await expect(task).rejects.toSatisfy(isCancelled);
  }),
);
