/** The laws of what `map` reads: when, how much, and what becomes of an input that fails. */
import assert from "node:assert/strict";

import { type Law, law } from "./law.ts";
import { iterate } from "./outcome.ts";

/** Counts on for ever, and notes how far it came. */
class Counter {
  reads = 0;

  *values(): Generator<number> {
    for (;;) yield this.reads++;
  }

  async *valuesInTime(): AsyncGenerator<number> {
    for (;;) yield await Promise.resolve(this.reads++);
  }
}

export const mapInputLaws: readonly Law[] = [
  law("POOL-06 a plain input is read and submitted at the call, even if nobody iterates", async (stage) => {
    const gates = [stage.gate(), stage.gate()];
    let reads = 0;
    function* tickets(): Generator<string> {
      for (const { ticket } of gates) {
        reads += 1;
        yield ticket;
      }
    }
    const map = stage.executor.map(stage.functions.hold, tickets(), { chunkSize: 1 });
    assert.equal(reads, 2);
    await stage.until(() => gates.every(({ arrivals }) => arrivals === 1));
    for (const gate of gates) gate.open();
    assert.equal((await iterate(map)).results.length, 2);
  }),

  law("reads an async input, for map and for starmap", async ({ executor, functions }) => {
    async function* pairs(): AsyncGenerator<[number, number]> {
      yield [1, 2];
      await Promise.resolve();
      yield [3, 4];
    }
    assert.deepEqual((await iterate(executor.starmap(functions.add, pairs()))).results, [3, 7]);
    async function* values(): AsyncGenerator<number> {
      for await (const [value] of pairs()) yield value;
    }
    assert.deepEqual((await iterate(executor.map(functions.identity, values()))).results, [1, 3]);
  }),

  law("X-01 with bufferSize at most so many items are read and not handed out", async (stage) => {
    for (const bufferSize of [1, 2, 5]) {
      const gate = stage.gate();
      let reads = 0;
      function* tickets(): Generator<string> {
        for (;;) {
          reads += 1;
          yield gate.ticket;
        }
      }
      const map = stage.executor.map(stage.functions.hold, tickets(), { bufferSize });
      const iterator = map[Symbol.asyncIterator]();
      let result = iterator.next();
      await stage.until(() => gate.arrivals > 0);
      await stage.aWhile();
      assert.ok(reads <= bufferSize, `${reads} items read, none handed out, bufferSize ${bufferSize}`);
      gate.open();
      for (let handedOut = 1; handedOut < 12; handedOut += 1) {
        await result;
        assert.ok(reads <= handedOut + bufferSize, `${reads} items read, ${handedOut} handed out`);
        result = iterator.next();
      }
      await result;
      await iterator.return?.();
    }
  }),

  law("X-01 with bufferSize so many calls are under way", async (stage) => {
    const gates = [stage.gate(), stage.gate(), stage.gate()];
    const tickets = gates.map(({ ticket }) => ticket);
    const map = stage.executor.map(stage.functions.hold, tickets, { bufferSize: 2, chunkSize: 1 });
    const iteration = iterate(map);
    await stage.until(() => gates[0]!.arrivals === 1 && gates[1]!.arrivals === 1);
    for (const gate of gates) gate.open();
    assert.deepEqual((await iteration).results, tickets);
  }),

  law("an async input that never ends is read as it is needed", async ({ executor, functions }) => {
    for (const options of [{}, { bufferSize: 2 }, { bufferSize: 10, chunkSize: 3 }]) {
      const results: number[] = [];
      for await (const result of executor.map(functions.double, new Counter().valuesInTime(), options)) {
        if (results.push(result) === 20) break;
      }
      assert.deepEqual(
        results,
        Array.from({ length: 20 }, (_, index) => 2 * index),
      );
    }
  }),

  law(
    "the error of an input that fails comes out after the results before it",
    async ({ executor, functions }) => {
      const thrown = new Error("no more");
      function* failing(): Generator<number> {
        yield 1;
        yield 2;
        throw thrown;
      }
      async function* failingInTime(): AsyncGenerator<number> {
        yield await Promise.resolve(1);
        yield 2;
        throw thrown;
      }
      const expected = { results: [1, 2], error: thrown };
      assert.deepEqual(await iterate(executor.map(functions.identity, failingInTime())), expected);
      assert.deepEqual(
        await iterate(executor.map(functions.identity, failing(), { bufferSize: 1 })),
        expected,
      );
    },
  ),

  law("a plain input that fails at the call throws there, or when its turn comes", async (stage) => {
    const thrown = new Error("no more");
    function* failing(): Generator<number> {
      yield 1;
      throw thrown;
    }
    const read = async (): Promise<unknown> => {
      try {
        return (await iterate(stage.executor.map(stage.functions.identity, failing()))).error;
      } catch (error) {
        return error;
      }
    };
    assert.equal(await read(), thrown);
    assert.equal(await stage.executor.submit(stage.functions.identity, 1), 1);
  }),
];
