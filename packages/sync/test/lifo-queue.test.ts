import { expect, it } from "vitest";

import { LifoQueue, QueueFull } from "../src/index.ts";

it("QUEU-01 gives the item first that was put in last", () => {
  const queue = new LifoQueue<number>(3);
  for (const item of [1, 3, 2]) queue.putNowait(item);
  expect(() => queue.putNowait(4)).toThrow(QueueFull);
  expect([queue.getNowait(), queue.getNowait(), queue.getNowait(), queue.size()]).toEqual([2, 3, 1, 0]);
});
