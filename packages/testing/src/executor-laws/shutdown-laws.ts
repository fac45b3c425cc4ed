/** The laws of `shutdown`: no call is taken any more, and none that was taken is left without an end. */
import assert from "node:assert/strict";

import { UsageError } from "@async/futures";

import { type ExecutorStage, type Law, law, lawOfOneWorker } from "./law.ts";
import { awaitedLater, iterate, outcomeOf, outcomesOf } from "./outcome.ts";

/** One call that runs and is held, and two that wait behind it. */
async function occupy({ executor, functions, gate: makeGate, until }: ExecutorStage) {
  const gate = makeGate();
  const running = executor.submit(functions.hold, gate.ticket);
  const queued = [1, 2].map((value) => executor.submit(functions.identity, value));
  await until(() => gate.arrivals === 1);
  return { gate, running, queued };
}

export const shutdownLaws: readonly Law[] = [
  law(
    "POOL-03 no call is taken any more, from the very turn of shutdown",
    async ({ executor, functions }) => {
      const ending = awaitedLater(executor.shutdown());
      const refusals = (): void => {
        assert.throws(() => executor.submit(functions.identity, 1), UsageError);
        assert.throws(() => executor.map(functions.identity, [1]), UsageError);
        assert.throws(() => executor.starmap(functions.add, [[1, 2]]), UsageError);
      };
      refusals();
      await ending;
      refusals();
    },
  ),

  law("of an executor without work resolves, however often it is asked", async ({ executor }) => {
    await Promise.all([executor.shutdown(), executor.shutdown({ wait: false })]);
    await executor.shutdown({ cancelFutures: true });
    await executor[Symbol.asyncDispose]();
  }),

  lawOfOneWorker("POOL-11 resolves after all work has ended, that which waited included", async (stage) => {
    const { gate, running, queued } = await occupy(stage);
    let isOver = false;
    const ending = awaitedLater(stage.executor.shutdown().then(() => (isOver = true)));
    await stage.aWhile();
    assert.equal(isOver, false);
    gate.open();
    await ending;
    assert.ok([running, ...queued].every((future) => future.done()));
    assert.deepEqual(await outcomesOf([running, ...queued]), [
      `result ${gate.ticket}`,
      "result 1",
      "result 2",
    ]);
  }),

  lawOfOneWorker("POOL-11 without wait returns at once, and the work is done all the same", async (stage) => {
    const { gate, running, queued } = await occupy(stage);
    await stage.executor.shutdown({ wait: false });
    assert.equal(running.done(), false);
    gate.open();
    assert.deepEqual(await outcomesOf([running, ...queued]), [
      `result ${gate.ticket}`,
      "result 1",
      "result 2",
    ]);
  }),

  lawOfOneWorker("POOL-12 cancelFutures cancels what waits, and lets what runs end", async (stage) => {
    const { gate, running, queued } = await occupy(stage);
    const ending = awaitedLater(stage.executor.shutdown({ cancelFutures: true }));
    assert.deepEqual(await outcomesOf(queued), ["cancelled", "cancelled"]);
    assert.equal(running.done(), false);
    gate.open();
    await ending;
    assert.equal(await outcomeOf(running), `result ${gate.ticket}`);
  }),

  lawOfOneWorker(
    "POOL-12 cancelFutures ends an iteration with a cancellation at its place",
    async (stage) => {
      const [running, waiting] = [stage.gate(), stage.gate()];
      const tickets = [running.ticket, waiting.ticket];
      const iteration = iterate(stage.executor.map(stage.functions.hold, tickets, { chunkSize: 1 }));
      await stage.until(() => running.arrivals === 1);
      const ending = awaitedLater(stage.executor.shutdown({ cancelFutures: true }));
      running.open();
      const { results, error } = await iteration;
      assert.deepEqual([results, (error as Error).name], [[running.ticket], "CancelledError"]);
      await ending;
      assert.equal(waiting.arrivals, 0);
    },
  ),

  lawOfOneWorker("a later shutdown may wait, and may cancel, where the first did not", async (stage) => {
    const { gate, running, queued } = await occupy(stage);
    await stage.executor.shutdown({ wait: false });
    const ending = awaitedLater(stage.executor.shutdown({ cancelFutures: true }));
    assert.deepEqual(await outcomesOf(queued), ["cancelled", "cancelled"]);
    gate.open();
    await ending;
    assert.equal(running.done(), true);
  }),

  lawOfOneWorker("after its timeout nothing is left without an end", async (stage) => {
    const { running, queued } = await occupy(stage);
    await stage.executor.shutdown({ timeout: 20 });
    assert.ok([running, ...queued].every((future) => future.done()));
    assert.doesNotMatch(await outcomeOf(running), /^result/);
  }),

  law("a timeout that is long enough changes nothing", async ({ executor, functions }) => {
    const future = executor.submit(functions.add, 1, 2);
    await executor.shutdown({ timeout: 3_600_000 });
    assert.equal(future.result(), 3);
  }),

  law("an iteration over what was submitted goes on to its end", async ({ executor, functions }) => {
    const map = executor.map(functions.identity, [1, 2, 3]);
    await executor.shutdown();
    assert.deepEqual(await iterate(map), { results: [1, 2, 3], error: undefined });
  }),

  law("an iteration that still reads its input ends", async ({ executor, functions }) => {
    function* values(): Generator<number> {
      for (;;) yield 1;
    }
    const iterator = executor.map(functions.identity, values(), { bufferSize: 2 })[Symbol.asyncIterator]();
    await iterator.next();
    const ending = awaitedLater(executor.shutdown());
    const rest = await iterate({ [Symbol.asyncIterator]: () => iterator });
    assert.ok(rest.error instanceof UsageError);
    await ending;
  }),

  law("await using waits for the work", async ({ executor, functions }) => {
    const futures: PromiseLike<unknown>[] = [];
    {
      await using disposable = executor;
      for (const value of [1, 2, 3]) futures.push(disposable.submit(functions.double, value));
    }
    assert.throws(() => executor.submit(functions.identity, 1), UsageError);
    assert.deepEqual(await outcomesOf(futures), ["result 2", "result 4", "result 6"]);
  }),
];
