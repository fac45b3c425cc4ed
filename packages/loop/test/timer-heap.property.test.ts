import fc from "fast-check";
import { expect, it } from "vitest";

import { TimerHandle } from "../src/index.ts";
import { type Timer, TimerHeap } from "../src/timer-heap.ts";
import { virtualLoop } from "./virtual-loop.ts";

type Step = { readonly set: number } | { readonly cancel: number } | { readonly takeUntil: number };

// Few different deadlines, so that many are equal; long sequences, so that the heap is rebuilt on the way.
const when = fc.integer({ min: 0, max: 30 });
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 4, arbitrary: fc.record({ set: when }) },
  { weight: 3, arbitrary: fc.record({ cancel: fc.nat() }) },
  { weight: 1, arbitrary: fc.record({ takeUntil: when }) },
);

it("a heap gives what a sorted list of the live timers would give", () => {
  fc.assert(
    fc.property(fc.array(step, { size: "+2" }), (steps) => {
      const heap = new TimerHeap();
      const owner = Object.assign(virtualLoop(), {
        noteCancelledTimer: (timer: Timer) => {
          heap.noteCancelled(timer);
        },
      });
      const made: TimerHandle[] = [];
      let model: TimerHandle[] = [];
      // What the heap said, and what the list says.
      const answers: [unknown, unknown][] = [];
      for (const step of steps) {
        if ("set" in step) {
          const timer = new TimerHandle(owner, step.set, () => {}, [], null);
          heap.push(timer);
          made.push(timer);
          model.push(timer);
          // A stable sort: equal deadlines keep the order in which they were set.
          model.sort((a, b) => a.when() - b.when());
        } else if ("cancel" in step) {
          const timer = made[step.cancel % made.length];
          timer?.cancel();
          model = model.filter((other) => other !== timer);
        } else {
          const due = model.filter((timer) => timer.when() <= step.takeUntil);
          answers.push([drain(heap, step.takeUntil), due]);
          model = model.filter((timer) => timer.when() > step.takeUntil);
        }
        answers.push([heap.nextDeadline(), model[0]?.when() ?? Infinity]);
      }
      answers.push([drain(heap, 30), model]);
      expect(answers.map(([said]) => said)).toEqual(answers.map(([, actual]) => actual));
    }),
  );
});

function drain(heap: TimerHeap, now: number): Timer[] {
  const taken: Timer[] = [];
  for (let timer = heap.takeDue(now); timer !== null; timer = heap.takeDue(now)) taken.push(timer);
  return taken;
}
