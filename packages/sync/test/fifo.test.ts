import { expect, it } from "vitest";

import { Fifo } from "../src/fifo.ts";

it("gives items in their order, however pushes and takes follow each other", () => {
  const fifo = new Fifo<number>();
  const taken: number[] = [];
  let next = 0;
  for (const [pushes, takes] of [
    [100, 40],
    [3, 50],
    [0, 13],
    [1, 1],
    [500, 499],
    [1, 2],
  ] as const) {
    for (let push = 0; push < pushes; push += 1) fifo.push(next++);
    for (let take = 0; take < takes; take += 1) {
      expect(fifo.first).toBe(taken.length);
      taken.push(fifo.take());
    }
    expect(fifo.size).toBe(next - taken.length);
  }
  expect(taken).toEqual(Array.from({ length: next }, (_, index) => index));
});

it("holds undefined like anything else, and nothing once it is cleared", () => {
  const fifo = new Fifo<undefined>();
  fifo.push(undefined);
  fifo.push(undefined);
  fifo.take();
  const sizes = [fifo.size];
  fifo.take();
  sizes.push(fifo.size);
  expect(sizes).toEqual([1, 0]);
  fifo.push(undefined);
  fifo.clear();
  expect(fifo.size).toBe(0);
});
