import { type Executor, Future } from "@async/futures";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";

import { type ExecutorSubject, executorLaws } from "../src/executor-laws.ts";
import { InProcessExecutor } from "./in-process-executor.ts";
import { makeUnlawful, unlawfulExecutors } from "./unlawful-executors.ts";

/** Calls in this thread need no server: a gate is a promise. */
function underTest(executor: Executor): ExecutorSubject {
  const gates: { arrivals: number; readonly opened: Promise<unknown>; readonly open: () => void }[] = [];
  return {
    executor,
    functions: {
      identity: (value) => value,
      add: (a, b) => a + b,
      double: async (value) => 2 * value,
      reciprocal(value) {
        if (value === 0) throw new RangeError("0 has no reciprocal");
        return 1 / value;
      },
      async hold(ticket) {
        const gate = gates[Number(ticket)]!;
        gate.arrivals += 1;
        await gate.opened;
        return ticket;
      },
    },
    gate: () => {
      const { promise: opened, resolve } = Promise.withResolvers<undefined>();
      const gate = { ticket: String(gates.length), arrivals: 0, opened, open: () => resolve(undefined) };
      gates.push(gate);
      return gate;
    },
    async [Symbol.asyncDispose]() {
      for (const gate of gates) gate.open();
    },
  };
}

/** Returns the laws, each as a function that rejects if the executor breaks it. */
function lawsFor(make: (workers: number) => Executor, patience: number): Map<string, () => Promise<void>> {
  const laws = new Map<string, () => Promise<void>>();
  executorLaws(
    ({ workers }) => underTest(make(workers)),
    { describe: (_, body) => body(), it: (name, body) => laws.set(name, body) },
    { patience },
  );
  return laws;
}

/** Milliseconds: enough for a lawful executor, whose calls take no time. */
const PATIENCE = 500;

const names = [...lawsFor((workers) => new InProcessExecutor(workers), 0).keys()];

const nameOf = (beginning: string): string => {
  const found = names.filter((name) => name.startsWith(beginning));
  expect(found, `the laws that begin with "${beginning}"`).toHaveLength(1);
  return found[0]!;
};

describe("an executor that keeps the laws", { tags: ["slow"] }, () => {
  executorLaws(
    ({ workers }) => underTest(new InProcessExecutor(workers)),
    { describe, it },
    { patience: PATIENCE },
  );
});

describe("an executor that breaks a law is found out when it", { tags: ["slow"] }, () => {
  const kept = new Map<string, string[]>();

  // All at the same time: many are found out by their law's patience.
  beforeAll(async () => {
    vi.spyOn(process, "emitWarning").mockImplementation(() => {}); // Failures that no law looks at any more.
    await Promise.all(
      unlawfulExecutors.map(async (unlawful) => {
        const laws = lawsFor((workers) => makeUnlawful(unlawful, workers), PATIENCE);
        const names = unlawful.breaks.map(nameOf);
        const holds = await Promise.all(
          names.map((name) =>
            laws.get(name)!().then(
              () => true,
              () => false,
            ),
          ),
        );
        kept.set(
          unlawful.fault,
          names.filter((_, index) => holds[index]),
        );
      }),
    );
  });

  afterAll(() => {
    vi.restoreAllMocks();
  });

  it.each(unlawfulExecutors)("$fault", ({ fault }) => {
    expect(kept.get(fault)).toEqual([]);
  });

  it("breaks any law: for each there is one above that does", () => {
    const broken = new Set(unlawfulExecutors.flatMap(({ breaks }) => breaks.map(nameOf)));
    expect(names.filter((name) => !broken.has(name))).toEqual([]);
  });
});

it("an executor that keeps a law waiting is told by the name of that law", async () => {
  const make = (workers: number) =>
    Object.assign(new InProcessExecutor(workers), { submit: () => new Future<never>() });
  const laws = lawsFor(make, 10);
  await expect(laws.get(nameOf("unwraps the result"))!()).rejects.toThrow(
    "Not done within 10 ms: unwraps the result of an async function",
  );
});
