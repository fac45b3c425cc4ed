import { Worker } from "node:worker_threads";

import { expect, it } from "vitest";

import { gateKeeper, microtasks, passGate } from "../src/index.ts";

it("holds each call until its gate is open, and lets later ones pass at once", async () => {
  await using keeper = await gateKeeper();
  const [first, second] = [keeper.gate(), keeper.gate()];
  const log: string[] = [];
  const pass = (name: string, ticket: string) => passGate(ticket).then(() => log.push(name));
  const passing = [pass("first", first.ticket), pass("second", second.ticket)];
  await Promise.all([first.reached(), second.reached()]);
  await microtasks();
  log.push("opened");
  second.open();
  await passing[1];
  await pass("second again", second.ticket);
  first.open();
  await passing[0];
  expect(log).toEqual(["opened", "second", "second again", "first"]);
  expect([first.arrivals, second.arrivals]).toEqual([1, 2]);
});

it("says when so many calls have come", async () => {
  await using keeper = await gateKeeper();
  const gate = keeper.gate();
  const log: string[] = [];
  const both = gate.reached(2).then(() => log.push("both"));
  void passGate(gate.ticket);
  await gate.reached();
  log.push("one");
  void passGate(gate.ticket);
  await both;
  expect(log).toEqual(["one", "both"]);
});

it(
  "opens all gates at the end, and outlives a worker that was ended while it waited",
  { tags: ["slow"] },
  async () => {
    const keeper = await gateKeeper();
    const gate = keeper.gate();
    const file = JSON.stringify(new URL("../src/gate-keeper.ts", import.meta.url).href);
    const code = `import(${file}).then(({ passGate }) => passGate("${gate.ticket}"));`;
    const worker = new Worker(code, { eval: true });
    await gate.reached();
    await worker.terminate();
    const passing = passGate(gate.ticket);
    await gate.reached(2);
    await keeper[Symbol.asyncDispose]();
    await expect(passing).resolves.toBe(gate.ticket);
  },
);
