/** The laws of an iteration that its consumer gives up, with `break` or a signal. */
import assert from "node:assert/strict";

import { isCancelled } from "@async/futures";

import { type Law, law, lawOfOneWorker } from "./law.ts";
import { iterate } from "./outcome.ts";

/** Takes the first result, and gives the iteration up once `until` has resolved. */
async function first(iterable: AsyncIterable<unknown>, until?: () => Promise<void>): Promise<void> {
  for await (const result of iterable) {
    assert.notEqual(result, undefined);
    await until?.();
    break;
  }
}

export const closingLaws: readonly Law[] = [
  law("closes an input that it reads lazily", async ({ executor, functions }) => {
    const closed: string[] = [];
    function* values(): Generator<number> {
      try {
        for (;;) yield 1;
      } finally {
        closed.push("plain");
      }
    }
    async function* valuesInTime(): AsyncGenerator<number> {
      try {
        for (;;) yield await Promise.resolve(1);
      } finally {
        closed.push("async");
      }
    }
    await first(executor.map(functions.identity, values(), { bufferSize: 2 }));
    await first(executor.map(functions.identity, valuesInTime()));
    assert.deepEqual(closed, ["plain", "async"]);
  }),

  lawOfOneWorker("cancels what has not started, and serves the next call", async (stage) => {
    const gates = [stage.gate(), stage.gate(), stage.gate()];
    const tickets = gates.map(({ ticket }) => ticket);
    gates[0]!.open();
    await first(stage.executor.map(stage.functions.hold, tickets, { chunkSize: 1 }), () =>
      stage.until(() => gates[1]!.arrivals === 1),
    );
    gates[1]!.open();
    assert.equal(await stage.executor.submit(stage.functions.identity, 1), 1);
    assert.equal(gates[2]!.arrivals, 0);
  }),

  law("is over afterwards", async ({ executor, functions }) => {
    const iterator = executor.map(functions.identity, [1, 2, 3])[Symbol.asyncIterator]();
    await iterator.next();
    await iterator.return?.();
    assert.deepEqual(await iterator.next(), { done: true, value: undefined });
  }),

  lawOfOneWorker(
    "a signal ends it as cancelled, with its reason, and what has not started never runs",
    async (stage) => {
      const [running, waiting] = [stage.gate(), stage.gate()];
      const tickets = [running.ticket, waiting.ticket];
      const controller = new AbortController();
      const iteration = iterate(
        stage.executor.map(stage.functions.hold, tickets, { chunkSize: 1, signal: controller.signal }),
      );
      await stage.until(() => running.arrivals === 1);
      const reason = new Error("enough");
      controller.abort(reason);
      const { results, error } = await iteration;
      assert.deepEqual([results, isCancelled(error) && error.reason], [[], reason]);
      running.open();
      assert.equal(await stage.executor.submit(stage.functions.identity, 1), 1);
      assert.equal(waiting.arrivals, 0);
    },
  ),

  law("a signal that was aborted before ends it before anything runs", async (stage) => {
    const gate = stage.gate();
    const reason = new Error("enough");
    const options = { signal: AbortSignal.abort(reason) };
    const { error } = await iterate(stage.executor.map(stage.functions.hold, [gate.ticket], options));
    assert.ok(isCancelled(error));
    assert.equal(error.reason, reason);
    await stage.executor.submit(stage.functions.identity, 1);
    await stage.aWhile();
    assert.equal(gate.arrivals, 0);
  }),

  law("a signal that is aborted after the end changes nothing", async ({ executor, functions }) => {
    const controller = new AbortController();
    const map = executor.map(functions.identity, [1, 2], { signal: controller.signal });
    const iteration = await iterate(map);
    controller.abort();
    assert.deepEqual(iteration, { results: [1, 2], error: undefined });
    assert.equal(await executor.submit(functions.identity, 1), 1);
  }),
];
