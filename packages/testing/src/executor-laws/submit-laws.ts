/** The laws of `submit`: each call runs, in its turn, and its future tells once how it ended. */
import assert from "node:assert/strict";

import { type Future, isExecutor, isFuture } from "@async/futures";

import { type Law, law, lawOfOneWorker } from "./law.ts";
import { countEnds, outcomeOf, outcomesOf } from "./outcome.ts";

export const submitLaws: readonly Law[] = [
  law("has the methods of an executor", ({ executor }) => {
    assert.ok(isExecutor(executor));
  }),

  law("POOL-01 calls the function with its arguments", async ({ executor, functions }) => {
    const sum = executor.submit(functions.add, 40, 2);
    assert.ok(isFuture(sum));
    assert.equal(await sum, 42);
  }),

  law("submit returns a future that is not done yet", async ({ executor, functions }) => {
    const future = executor.submit(functions.identity, 1);
    assert.equal(future.done(), false);
    assert.equal(await future, 1);
  }),

  law("unwraps the result of an async function", async ({ executor, functions }) => {
    assert.equal(await executor.submit(functions.double, 21), 42);
  }),

  law("POOL-18 gives an error, with its class and message, to the future of its call", async (stage) => {
    const { executor, functions } = stage;
    const future = executor.submit(functions.reciprocal, 0);
    assert.equal(await outcomeOf(future), "RangeError: 0 has no reciprocal");
    assert.ok(future.exception() instanceof RangeError);
  }),

  law("keeps what fails from what is beside it", async ({ executor, functions }) => {
    const futures = [4, 0, 2, 0, 1].map((value) => executor.submit(functions.reciprocal, value));
    const failure = "RangeError: 0 has no reciprocal";
    assert.deepEqual(await outcomesOf(futures), ["result 0.25", failure, "result 0.5", failure, "result 1"]);
  }),

  law("POOL-25 loses nothing of a burst of calls", async ({ executor, functions }) => {
    const values = Array.from({ length: 1000 }, (_, index) => index);
    const futures = values.map((value) => executor.submit(functions.identity, value));
    assert.deepEqual(await Promise.all(futures), values);
  }),

  law(
    "each future tells exactly once that it has ended, and stays as it was",
    async ({ executor, functions }) => {
      const futures: Future<number>[] = [];
      for (let value = 0; value < 30; value += 1)
        futures.push(executor.submit(functions.reciprocal, value % 3));
      for (let index = 0; index < 30; index += 5) futures[index]!.cancel();
      const ends = countEnds(futures);
      const outcomes = await outcomesOf(futures);
      await executor.shutdown();
      assert.deepEqual(
        ends,
        futures.map(() => 1),
      );
      assert.deepEqual(await outcomesOf(futures), outcomes);
    },
  ),

  law("POOL-10 runs as many calls at the same time as it has workers", async (stage) => {
    const gates = [stage.gate(), stage.gate()];
    const futures = gates.map(({ ticket }) => stage.executor.submit(stage.functions.hold, ticket));
    await stage.until(() => gates.every(({ arrivals }) => arrivals === 1));
    for (const gate of gates) gate.open();
    await Promise.all(futures);
  }),

  lawOfOneWorker("POOL-10 runs no more calls at the same time than it has workers", async (stage) => {
    const gates = [stage.gate(), stage.gate()] as const;
    const futures = gates.map(({ ticket }) => stage.executor.submit(stage.functions.hold, ticket));
    await stage.until(() => gates[0].arrivals === 1);
    await stage.aWhile();
    assert.equal(gates[1].arrivals, 0);
    for (const gate of gates) gate.open();
    await Promise.all(futures);
  }),

  lawOfOneWorker("starts the calls in the order in which they came", async (stage) => {
    const gates = [stage.gate(), stage.gate(), stage.gate()];
    const futures = gates.map(({ ticket }) => stage.executor.submit(stage.functions.hold, ticket));
    for (const [index, gate] of gates.entries()) {
      await stage.until(() => gates.slice(index).some(({ arrivals }) => arrivals > 0));
      assert.deepEqual(
        gates.map(({ arrivals }) => arrivals),
        gates.map((_, other) => (other <= index ? 1 : 0)),
      );
      gate.open();
    }
    await Promise.all(futures);
  }),

  lawOfOneWorker("CFU-03 a future is running while its call runs, and not before or after", async (stage) => {
    const gate = stage.gate();
    const running = stage.executor.submit(stage.functions.hold, gate.ticket);
    const queued = stage.executor.submit(stage.functions.identity, 1);
    await stage.until(() => running.running());
    assert.deepEqual([running.done(), queued.running(), queued.done()], [false, false, false]);
    gate.open();
    await Promise.all([running, queued]);
    assert.deepEqual([running.running(), running.done(), queued.running()], [false, true, false]);
  }),

  law("takes calls from the callback of a future", async ({ executor, functions }) => {
    const second = new Promise<number>((resolve) => {
      const first = executor.submit(functions.add, 1, 2);
      first.addDoneCallback((done) => {
        resolve(executor.submit(functions.add, done.result(), 4));
      });
    });
    assert.equal(await second, 7);
  }),

  law("refuses what is no function with a TypeError, at the call", async ({ executor, functions }) => {
    for (const value of [null, undefined, 1, "identity", {}]) {
      assert.throws(() => executor.submit(value as never), TypeError);
    }
    assert.equal(await executor.submit(functions.identity, 1), 1);
  }),
];
