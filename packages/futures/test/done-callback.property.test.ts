import fc from "fast-check";
import { expect, it } from "vitest";

import { Future } from "../src/index.ts";
import { ManualScheduler } from "./manual-scheduler.ts";

type Step = readonly ["add" | "remove", index: number];

const steps: fc.Arbitrary<Step[]> = fc.array(
  fc.tuple(fc.constantFrom("add" as const, "remove" as const), fc.nat({ max: 4 })),
);

it("callbacks added and removed at will are called as a plain list of them would be", () =>
  fc.assert(
    fc.asyncProperty(steps, async (sequence) => {
      const scheduler = new ManualScheduler();
      const future = new Future({ scheduler });
      const called: number[] = [];
      const callbacks = Array.from({ length: 5 }, (_, index) => () => void called.push(index));
      let expected: number[] = [];
      const removals: [said: number, actual: number][] = [];
      for (const [action, index] of sequence) {
        if (action === "add") {
          future.addDoneCallback(callbacks[index]!);
          expected.push(index);
        } else {
          const before = expected.length;
          expected = expected.filter((other) => other !== index);
          removals.push([future.removeDoneCallback(callbacks[index]!), before - expected.length]);
        }
      }
      future.setResult(1);
      await scheduler.turn();
      expect(called).toEqual(expected);
      expect(removals.filter(([said, actual]) => said !== actual)).toEqual([]);
    }),
  ));
