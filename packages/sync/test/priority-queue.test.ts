import { errorOf, thrownBy } from "@async/test-kit";
import { describe, expect, it } from "vitest";

import { PriorityQueue } from "../src/index.ts";

interface Job {
  readonly priority: number;
  readonly name: string;
}

function drain<T>(queue: PriorityQueue<T>): T[] {
  const items: T[] = [];
  while (!queue.empty()) items.push(queue.getNowait());
  return items;
}

describe("PriorityQueue", () => {
  it("QUEU-01 gives the smallest item first", () => {
    const queue = new PriorityQueue<number>();
    for (const item of [1, 3, 2, 10, 9]) queue.putNowait(item);
    expect(drain(queue)).toEqual([1, 2, 3, 9, 10]);
  });

  it("goes by a comparator, and gives equal items in the order in which they were put in", () => {
    const queue = new PriorityQueue<Job>(0, (a, b) => a.priority - b.priority);
    const names = Array.from({ length: 40 }, (_, index) => ({ priority: index % 3, name: `${index}` }));
    for (const job of names) queue.putNowait(job);
    expect(drain(queue)).toEqual(names.toSorted((a, b) => a.priority - b.priority));
  });

  it("compares arrays as Python does tuples", () => {
    const queue = new PriorityQueue<[number, string]>();
    for (const item of [
      [10, "a"],
      [9, "z"],
      [9, "b"],
    ] as [number, string][])
      queue.putNowait(item);
    expect(drain(queue)).toEqual([
      [9, "b"],
      [9, "z"],
      [10, "a"],
    ]);
  });

  it("refuses a comparator that is no function", () => {
    expect(thrownBy(() => new PriorityQueue(0, "priority" as never))).toBeInstanceOf(TypeError);
  });

  it("refuses an item that cannot be compared, and is as it was before", async () => {
    const queue = new PriorityQueue<unknown>();
    for (const item of [2, 1, 3]) queue.putNowait(item);
    expect(thrownBy(() => queue.putNowait("one"))).toBeInstanceOf(TypeError);
    expect(await errorOf(queue.put({ priority: 1 }))).toBeInstanceOf(TypeError);
    expect([queue.statistics().unfinished, drain(queue)]).toEqual([3, [1, 2, 3]]);
  });

  it("keeps an item that it cannot take out because the comparator throws", async () => {
    let isBroken = false;
    const queue = new PriorityQueue<number>(0, (a, b) => {
      if (isBroken) throw new Error("of the comparator");
      return a - b;
    });
    for (const item of [3, 1, 2]) queue.putNowait(item);
    isBroken = true;
    expect((await errorOf(queue.get())).message).toBe("of the comparator");
    isBroken = false;
    expect(drain(queue)).toEqual([1, 2, 3]);
  });

  it("says what a comparator returned that is no number, such as a boolean", () => {
    for (const answer of [true, NaN, undefined, "-1"]) {
      const queue = new PriorityQueue<number>(0, () => answer as number);
      queue.putNowait(1);
      expect(thrownBy(() => queue.putNowait(2))).toBeInstanceOf(TypeError);
      expect(queue.size()).toBe(1);
    }
  });
});
