import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { ItemHeap } from "../src/item-heap.ts";

interface Item {
  readonly key: number;
  readonly order: number;
}

describe("ItemHeap", () => {
  it("gives the same items in the same order as a list that is sorted before each take", () => {
    const steps = fc.array(
      fc.oneof({ weight: 3, arbitrary: fc.integer({ min: 0, max: 9 }) }, fc.constant("take")),
    );
    fc.assert(
      fc.property(steps, (script) => {
        const heap = new ItemHeap<Item>((a, b) => a.key - b.key);
        const list: Item[] = [];
        const taken: unknown[] = [];
        const expected: unknown[] = [];
        script.forEach((step, order) => {
          if (typeof step === "number") {
            heap.push({ key: step, order });
            list.push({ key: step, order });
          } else if (list.length > 0) {
            list.sort((a, b) => a.key - b.key || a.order - b.order);
            taken.push(heap.take());
            expected.push(list.shift());
          }
          taken.push(heap.size);
          expected.push(list.length);
        });
        expect(taken).toEqual(expected);
      }),
    );
  });

  it("is as it was before whenever the comparator throws", () => {
    const keys = fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 2 });
    fc.assert(
      fc.property(keys, fc.nat(8), (items, patience) => {
        let left = Infinity;
        const heap = new ItemHeap<number>((a, b) => {
          if (left-- <= 0) throw new Error("enough");
          return a - b;
        });
        for (const item of items) heap.push(item);
        left = patience;
        const succeeds = (attempt: () => void): boolean => {
          try {
            attempt();
            return true;
          } catch {
            return false;
          }
        };
        const sorted = items.toSorted((a, b) => a - b);
        if (succeeds(() => heap.take())) sorted.shift();
        if (succeeds(() => heap.push(-1))) sorted.unshift(-1);
        left = Infinity;
        expect(sorted.map(() => heap.take())).toEqual(sorted);
      }),
    );
  });

  it("compares a few times for each item, not with all of them", () => {
    let comparisons = 0;
    const heap = new ItemHeap<number>((a, b) => {
      comparisons += 1;
      return a - b;
    });
    const count = 4096;
    for (let item = 0; item < count; item += 1) heap.push((item * 7919) % count);
    while (heap.size > 0) heap.take();
    expect(comparisons).toBeLessThan(count * 3 * Math.log2(count));
  });
});
