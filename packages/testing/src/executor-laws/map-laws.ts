/** The laws of `map` and `starmap`: results in the order of the input, an error at its place, an end. */
import assert from "node:assert/strict";

import { TimeoutError, UsageError } from "@async/futures";

import { type Law, law, lawOfOneWorker } from "./law.ts";
import { iterate } from "./outcome.ts";

const VALUES: readonly number[] = Array.from({ length: 100 }, (_, index) => index);

export const mapLaws: readonly Law[] = [
  law("POOL-04 map gives the results in the order of the input, whatever ends first", async (stage) => {
    const [first, second] = [stage.gate(), stage.gate()];
    const tickets = [first.ticket, second.ticket];
    const iteration = iterate(stage.executor.map(stage.functions.hold, tickets, { chunkSize: 1 }));
    second.open();
    await stage.until(() => second.arrivals === 1);
    await stage.aWhile();
    first.open();
    assert.deepEqual(await iteration, { results: tickets, error: undefined });
  }),

  law("POOL-04 starmap calls the function with each tuple of arguments", async ({ executor, functions }) => {
    const sums = executor.starmap(functions.add, [
      [1, 2],
      [3, 4],
      [5, 6],
    ]);
    assert.deepEqual((await iterate(sums)).results, [3, 7, 11]);
  }),

  law("map unwraps the results of an async function", async ({ executor, functions }) => {
    assert.deepEqual((await iterate(executor.map(functions.double, [1, 2, 3]))).results, [2, 4, 6]);
  }),

  law("map of nothing gives nothing", async ({ executor, functions }) => {
    const nothing = { results: [], error: undefined };
    assert.deepEqual(await iterate(executor.map(functions.identity, [])), nothing);
    assert.deepEqual(await iterate(executor.starmap(functions.add, new Set<[number, number]>())), nothing);
    assert.deepEqual(await iterate(executor.map(functions.identity, [], { bufferSize: 1 })), nothing);
  }),

  law(
    "POOL-05 an error comes at its place, after the results before it, and ends the iteration",
    async (stage) => {
      for (const chunkSize of [1, 2, 10]) {
        const map = stage.executor.map(stage.functions.reciprocal, [1, 2, 0, 4, 0], { chunkSize });
        const iterator = map[Symbol.asyncIterator]();
        assert.deepEqual(await iterator.next(), { done: false, value: 1 });
        assert.deepEqual(await iterator.next(), { done: false, value: 0.5 });
        await assert.rejects(iterator.next(), new RangeError("0 has no reciprocal"));
        assert.deepEqual(await iterator.next(), { done: true, value: undefined });
      }
    },
  ),

  law("POOL-09 any size of chunks gives the same results", async ({ executor, functions }) => {
    for (const chunkSize of [1, 3, 100, 1000]) {
      const { results } = await iterate(executor.map(functions.identity, VALUES, { chunkSize }));
      assert.deepEqual(results, VALUES);
    }
    assert.deepEqual((await iterate(executor.map(functions.identity, VALUES))).results, VALUES);
  }),

  law("POOL-09 chunkSize and bufferSize below 1 are refused, at the call", ({ executor, functions }) => {
    for (const size of [0, -1, Number.NaN]) {
      for (const options of [{ chunkSize: size }, { bufferSize: size }]) {
        assert.throws(() => executor.map(functions.identity, VALUES, options), UsageError);
        assert.throws(() => executor.starmap(functions.add, [[1, 2]], options), UsageError);
      }
    }
  }),

  law(
    "map refuses what is no function and what is no iterable with a TypeError",
    ({ executor, functions }) => {
      assert.throws(() => executor.map(null as never, VALUES), TypeError);
      assert.throws(() => executor.starmap("add" as never, [[1, 2]]), TypeError);
      for (const input of [null, undefined, 1, {}]) {
        assert.throws(() => executor.map(functions.identity, input as never), TypeError);
        assert.throws(() => executor.starmap(functions.add, input as never), TypeError);
      }
    },
  ),

  law("POOL-07 throws a TimeoutError when the time for the whole iteration is up", async (stage) => {
    const gate = stage.gate();
    const map = stage.executor.map(stage.functions.hold, [gate.ticket], { timeout: 20 });
    const { error } = await iterate(map);
    assert.ok(error instanceof TimeoutError);
    gate.open();
    assert.equal(await stage.executor.submit(stage.functions.identity, 1), 1);
  }),

  lawOfOneWorker("POOL-07 a timeout cancels what has not started", async (stage) => {
    const [running, waiting] = [stage.gate(), stage.gate()];
    const tickets = [running.ticket, waiting.ticket];
    const { error } = await iterate(
      stage.executor.map(stage.functions.hold, tickets, { chunkSize: 1, timeout: 200 }),
    );
    assert.ok(error instanceof TimeoutError);
    running.open();
    await stage.executor.submit(stage.functions.identity, 1);
    assert.equal(waiting.arrivals, 0);
  }),

  law("POOL-07 a timeout that is long enough changes nothing", async ({ executor, functions }) => {
    const iteration = await iterate(executor.map(functions.identity, [1, 2], { timeout: 3_600_000 }));
    assert.deepEqual(iteration, { results: [1, 2], error: undefined });
  }),

  law("several iterations at a time do not mix", async ({ executor, functions }) => {
    const [identities, doubles] = await Promise.all([
      iterate(executor.map(functions.identity, VALUES, { bufferSize: 3 })),
      iterate(executor.map(functions.double, VALUES)),
    ]);
    assert.deepEqual(identities.results, VALUES);
    assert.deepEqual(
      doubles.results,
      VALUES.map((value) => 2 * value),
    );
  }),

  law(
    "requests for several results at a time are answered in their order",
    async ({ executor, functions }) => {
      const iterator = executor.map(functions.identity, [1, 2, 3], { chunkSize: 2 })[Symbol.asyncIterator]();
      const answers = await Promise.all([1, 2, 3, 4, 5].map(() => iterator.next()));
      assert.deepEqual(
        answers.map(({ value }) => value as unknown),
        [1, 2, 3, undefined, undefined],
      );
    },
  ),
];
