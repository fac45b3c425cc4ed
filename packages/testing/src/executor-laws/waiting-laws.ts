/** The laws of waiting for several futures of an executor. */
import assert from "node:assert/strict";

import { TimeoutError, asCompleted, wait } from "@async/futures";

import { type Law, law, lawOfOneWorker } from "./law.ts";
import { iterate, outcomeOf } from "./outcome.ts";

export const waitingLaws: readonly Law[] = [
  law("POOL-31 wait returns when all are done, however they ended", async ({ executor, functions }) => {
    const futures = [1, 0, 2].map((value) => executor.submit(functions.reciprocal, value));
    futures[2]!.cancel();
    const { done, pending } = await wait(futures);
    assert.deepEqual([[...done], pending.size], [futures, 0]);
    assert.ok(futures[1]!.exception() instanceof RangeError);
  }),

  law("POOL-31 FIRST_COMPLETED returns with the first to end", async (stage) => {
    const [slow, quick] = [stage.gate(), stage.gate()];
    const futures = [slow, quick].map(({ ticket }) => stage.executor.submit(stage.functions.hold, ticket));
    quick.open();
    const { done, pending } = await wait(futures, { returnWhen: "FIRST_COMPLETED" });
    slow.open();
    assert.deepEqual([[...done], [...pending]], [[futures[1]], [futures[0]]]);
    await Promise.all(futures);
  }),

  law("POOL-31 FIRST_EXCEPTION returns with the first to fail", async (stage) => {
    const gate = stage.gate();
    const held = stage.executor.submit(stage.functions.hold, gate.ticket);
    const failing = stage.executor.submit(stage.functions.reciprocal, 0);
    const { done, pending } = await wait([held, failing], { returnWhen: "FIRST_EXCEPTION" });
    gate.open();
    assert.deepEqual([[...done], [...pending]], [[failing], [held]]);
    assert.ok(failing.exception() instanceof RangeError);
    await held;
  }),

  law("POOL-31 wait returns when its time is up, and cancels nothing", async (stage) => {
    const gate = stage.gate();
    const held = stage.executor.submit(stage.functions.hold, gate.ticket);
    const { done, pending } = await wait([held], { timeout: 1 });
    assert.deepEqual([done.size, [...pending]], [0, [held]]);
    gate.open();
    assert.equal(await held, gate.ticket);
  }),

  law("POOL-29 asCompleted hands each future out once, in the order in which they end", async (stage) => {
    const [slow, quick] = [stage.gate(), stage.gate()];
    const futures = [slow, quick].map(({ ticket }) => stage.executor.submit(stage.functions.hold, ticket));
    quick.open();
    const tickets: string[] = [];
    for await (const done of asCompleted([...futures, ...futures])) {
      tickets.push(done.result());
      slow.open();
    }
    assert.deepEqual(tickets, [quick.ticket, slow.ticket]);
  }),

  lawOfOneWorker("POOL-30 asCompleted throws when its time is up, and the work goes on", async (stage) => {
    const gate = stage.gate();
    const first = stage.executor.submit(stage.functions.identity, 1);
    await first;
    const held = stage.executor.submit(stage.functions.hold, gate.ticket);
    const { results, error } = await iterate(asCompleted([held, first], { timeout: 50 }));
    assert.deepEqual(results, [first]);
    assert.ok(error instanceof TimeoutError);
    assert.equal(error.message, "1 (of 2) futures unfinished");
    gate.open();
    assert.equal(await outcomeOf(held), `result ${gate.ticket}`);
  }),
];
