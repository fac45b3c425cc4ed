import type { Job } from "@async/futures/port";
import fc from "fast-check";
import { expect, it } from "vitest";

import { EventLoop, type ReadyQueue, VirtualClock } from "../src/index.ts";
import { FifoQueue } from "../src/ready-queue.ts";

function job(): Job {
  return { next: null, run: () => true, describe: () => "job" };
}

it("gives the jobs back first in first out, then null", () => {
  const queue = new FifoQueue();
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
  const queue = new FifoQueue();
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
      const queue = new FifoQueue();
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

it("of a user decides which of the ready callbacks and due timers runs next", async () => {
  const jobs: Job[] = [];
  const lastFirst: ReadyQueue = {
    get length() {
      return jobs.length;
    },
    push: (added) => void jobs.push(added),
    shift: () => jobs.pop() ?? null,
  };
  const loop = new EventLoop({ clock: new VirtualClock(), ready: lastFirst });
  const log: string[] = [];
  for (const name of ["a", "b", "c"]) loop.callSoon(() => log.push(name));
  for (const name of ["d", "e"]) loop.callLater(1, () => log.push(`${name} at ${loop.time()}`));
  await loop.runUntilIdle();
  expect(log).toEqual(["c", "b", "a", "e at 1", "d at 1"]);
});
