import type { Job } from "@async/futures/port";
import fc from "fast-check";
import { expect, it } from "vitest";

import { ReadyQueue } from "../src/ready-queue.ts";

function job(): Job {
  return { next: null, run: () => true, describe: () => "job" };
}

it("gives the jobs back first in first out, then null", () => {
  const queue = new ReadyQueue();
  const [a, b] = [job(), job()];
  queue.push(a);
  queue.push(b);
  expect([queue.length, queue.shift(), queue.shift(), queue.shift(), queue.length]).toEqual([
    2,
    a,
    b,
    null,
    0,
  ]);
});

it("keeps no job that it has given back linked to another", () => {
  const queue = new ReadyQueue();
  const [a, b] = [job(), job()];
  queue.push(a);
  queue.push(b);
  queue.shift();
  queue.shift();
  expect([a.next, b.next]).toEqual([null, null]);
});

it("is as a list is, however pushes and shifts come", () => {
  fc.assert(
    fc.property(fc.array(fc.boolean()), (pushes) => {
      const queue = new ReadyQueue();
      const list: Job[] = [];
      for (const isPush of pushes) {
        if (isPush) {
          const added = job();
          queue.push(added);
          list.push(added);
        } else if (queue.shift() !== (list.shift() ?? null)) return false;
        if (queue.length !== list.length) return false;
      }
      return true;
    }),
  );
});
