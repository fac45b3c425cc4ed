import { once } from "node:events";
import { Worker } from "node:worker_threads";

import { expect, it } from "vitest";

import { CallSlots, SLOT_COUNT } from "../../src/wire/index.ts";

/** Two views of the same memory, as executor and worker have them. */
function bothSides(): { executor: CallSlots; worker: CallSlots } {
  const executor = new CallSlots();
  return { executor, worker: new CallSlots(executor.memory) };
}

it("a call is started or taken back, but never both", () => {
  const { executor, worker } = bothSides();
  executor.open(1);
  executor.open(2);
  expect([worker.claim(1), executor.take(1), executor.state(1)]).toEqual([true, false, "running"]);
  expect([executor.take(2), worker.claim(2), worker.state(2)]).toEqual([true, false, "taken"]);
});

it("a call is started once, and taken back once", () => {
  const { executor, worker } = bothSides();
  executor.open(1);
  expect([worker.claim(1), worker.claim(1)]).toEqual([true, false]);
  executor.open(2);
  expect([executor.take(2), executor.take(2)]).toEqual([true, false]);
});

it.each([0, -0, 1.5, Number.NaN, -Infinity, Number.MAX_SAFE_INTEGER, true, false, null, undefined])(
  "%s fits into a slot and is read as it was",
  (value) => {
    const { executor, worker } = bothSides();
    executor.open(7);
    worker.claim(7);
    expect(worker.publish(7, value)).toBe(true);
    expect(executor.state(7)).toBe("done");
    expect(executor.value(7)).toBe(value);
  },
);

it.each([
  ["a text", "a"],
  ["a BigInt", 1n],
  ["an object", {}],
  ["an array", []],
  ["a symbol", Symbol("a")],
])("%s does not fit into a slot, and leaves it as it was", (_, value) => {
  const { executor, worker } = bothSides();
  executor.open(7);
  worker.claim(7);
  expect(worker.publish(7, value)).toBe(false);
  expect(executor.state(7)).toBe("running");
  worker.markTold(7);
  expect(executor.state(7)).toBe("told");
});

it("a call is unwanted only while it runs", () => {
  const { executor, worker } = bothSides();
  executor.open(3);
  executor.markUnwanted(3);
  expect(worker.isUnwanted(3)).toBe(false);
  worker.claim(3);
  executor.markUnwanted(3);
  expect([worker.isUnwanted(3), executor.state(3)]).toEqual([true, "running"]);
  worker.publish(3, 1);
  executor.markUnwanted(3);
  expect([worker.isUnwanted(3), executor.state(3)]).toEqual([false, "done"]);
});

it("a slot serves the next call whose number falls on it", () => {
  const { executor, worker } = bothSides();
  executor.open(5);
  worker.claim(5);
  worker.publish(5, 1);
  executor.open(5 + SLOT_COUNT);
  expect([executor.state(5 + SLOT_COUNT), worker.claim(5 + SLOT_COUNT)]).toEqual(["open", true]);
});

it("two threads that race for each call never both get it, and lose none", { tags: ["slow"] }, async () => {
  const slots = new CallSlots();
  for (let seq = 0; seq < SLOT_COUNT; seq += 1) slots.open(seq);
  const file = JSON.stringify(new URL("../../src/wire/call-slots.ts", import.meta.url).href);
  const code = `
    const { parentPort, workerData } = require("node:worker_threads");
    import(${file}).then(({ CallSlots, SLOT_COUNT }) => {
      const slots = new CallSlots(workerData);
      parentPort.postMessage("ready");
      const claimed = [];
      for (let seq = 0; seq < SLOT_COUNT; seq += 1) if (slots.claim(seq)) claimed.push(seq);
      parentPort.postMessage(claimed);
    });
  `;
  const worker = new Worker(code, { eval: true, workerData: slots.memory });
  const taken: number[] = [];
  await once(worker, "message");
  for (let seq = SLOT_COUNT - 1; seq >= 0; seq -= 1) if (slots.take(seq)) taken.push(seq);
  const [claimed] = (await once(worker, "message")) as [number[]];
  const all = [...claimed, ...taken].sort((a, b) => a - b);
  expect(all).toEqual(Array.from({ length: SLOT_COUNT }, (_, seq) => seq));
});
