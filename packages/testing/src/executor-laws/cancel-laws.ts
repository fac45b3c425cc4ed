/** The laws of `cancel`: what waits is cancelled at once and never runs; what runs may refuse; what is done stays as it is. */
import assert from "node:assert/strict";

import { isCancelled } from "@async/futures";

import { type Law, law, lawOfOneWorker } from "./law.ts";
import { countEnds, outcomeOf } from "./outcome.ts";

export const cancelLaws: readonly Law[] = [
  lawOfOneWorker("CFU-01 cancels a call that waits at once, and never runs it", async (stage) => {
    const { executor, functions } = stage;
    const [first, second] = [stage.gate(), stage.gate()];
    const running = executor.submit(functions.hold, first.ticket);
    const queued = executor.submit(functions.hold, second.ticket);
    await stage.until(() => first.arrivals === 1);
    assert.equal(queued.cancel("not needed"), true);
    assert.deepEqual([queued.cancelled(), queued.done()], [true, true]);
    first.open();
    assert.equal(await running, first.ticket);
    await executor.submit(functions.identity, 1);
    assert.equal(second.arrivals, 0);
    await assert.rejects(
      Promise.resolve(queued),
      (error) => isCancelled(error) && error.reason === "not needed",
    );
  }),

  law("a call that was cancelled in the turn of its submission never runs", async (stage) => {
    const gate = stage.gate();
    const future = stage.executor.submit(stage.functions.hold, gate.ticket);
    assert.equal(future.cancel(), true);
    await stage.executor.submit(stage.functions.identity, 1);
    await stage.aWhile();
    assert.deepEqual([future.cancelled(), gate.arrivals], [true, 0]);
  }),

  lawOfOneWorker("runs the calls behind one that was cancelled", async (stage) => {
    const { executor, functions } = stage;
    const gate = stage.gate();
    const running = executor.submit(functions.hold, gate.ticket);
    const futures = [1, 2, 3, 4].map((value) => executor.submit(functions.identity, value));
    futures[0]!.cancel();
    futures[2]!.cancel();
    gate.open();
    await running;
    assert.deepEqual(await Promise.all(futures.map(outcomeOf)), [
      "cancelled",
      "result 2",
      "cancelled",
      "result 4",
    ]);
  }),

  lawOfOneWorker(
    "a running call is cancelled at once or goes on; the executor serves the next",
    async (stage) => {
      const { executor, functions } = stage;
      const gate = stage.gate();
      const future = executor.submit(functions.hold, gate.ticket);
      const ends = countEnds([future]);
      await stage.until(() => gate.arrivals === 1 && future.running());
      const isTaken = future.cancel();
      assert.equal(future.cancelled(), isTaken);
      gate.open();
      assert.equal(await outcomeOf(future), isTaken ? "cancelled" : `result ${gate.ticket}`);
      assert.equal(await executor.submit(functions.identity, 1), 1);
      assert.deepEqual(ends, [1]);
    },
  ),

  law("CFU-01 refuses to cancel what is done, which stays as it is", async ({ executor, functions }) => {
    const [good, bad] = [executor.submit(functions.identity, 1), executor.submit(functions.reciprocal, 0)];
    await Promise.all([good, bad].map(outcomeOf));
    assert.deepEqual([good.cancel(), bad.cancel()], [false, false]);
    assert.equal(good.result(), 1);
    assert.ok(bad.exception() instanceof RangeError);
  }),

  lawOfOneWorker("FUT-04 a second cancel is refused, and the first reason stays", async (stage) => {
    const gate = stage.gate();
    const running = stage.executor.submit(stage.functions.hold, gate.ticket);
    const queued = stage.executor.submit(stage.functions.identity, 1);
    assert.deepEqual([queued.cancel("first"), queued.cancel("second")], [true, false]);
    gate.open();
    await running;
    assert.equal(queued.cancelReason, "first");
  }),
];
