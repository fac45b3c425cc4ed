/** Types of the public face. Checked by `tsc`, never run. */
import { expectTypeOf } from "vitest";

import {
  Barrier,
  CapacityLimiter,
  type Compare,
  Condition,
  Event,
  type Guard,
  LifoQueue,
  Lock,
  PriorityQueue,
  Queue,
  type QueueItems,
  RWLock,
  RateLimiter,
  Semaphore,
  type Waiting,
} from "../src/index.ts";

// What is acquired is a guard, for `using`.
const lock = new Lock();
expectTypeOf(lock.acquire()).toEqualTypeOf<Promise<Guard>>();
expectTypeOf(new Semaphore().acquire()).toEqualTypeOf<Promise<Guard>>();
expectTypeOf(new Condition(lock).acquire()).toEqualTypeOf<Promise<Guard>>();
expectTypeOf(new RWLock().acquireRead()).toEqualTypeOf<Promise<Guard>>();
expectTypeOf(new CapacityLimiter(1).acquireOnBehalfOf({})).toEqualTypeOf<Promise<Guard>>();
expectTypeOf<Guard>().toExtend<Disposable>();
expectTypeOf(lock.statistics().waiters).toEqualTypeOf<readonly Waiting[]>();
// @ts-expect-error -- a promise of a guard is no guard
using forgotten = lock.acquire();
void forgotten;
// @ts-expect-error -- a snapshot cannot be changed
lock.statistics().locked = false;

expectTypeOf(new Event().wait()).toEqualTypeOf<Promise<true>>();
expectTypeOf(new Barrier(2).wait()).toEqualTypeOf<Promise<number>>();
expectTypeOf(new Condition().waitFor(() => "value")).toEqualTypeOf<Promise<string>>();
// @ts-expect-error -- a barrier has parties
new Barrier();
// @ts-expect-error -- a condition has a lock of its own or shares one
new Condition(new Event());
expectTypeOf(new RateLimiter(5, 1000).acquire()).toEqualTypeOf<Promise<void>>();

// A queue knows its items.
const numbers = new Queue<number>(3);
expectTypeOf(numbers.get()).toEqualTypeOf<Promise<number>>();
expectTypeOf(numbers.getNowait()).toEqualTypeOf<number>();
// @ts-expect-error -- no number
await numbers.put("1");
for await (const item of numbers) expectTypeOf(item).toEqualTypeOf<number>();
expectTypeOf(new LifoQueue<string>()).toExtend<Queue<string>>();
// @ts-expect-error -- a plain queue compares nothing
new Queue<number>(0, (a: number, b: number) => a - b);

// The comparator says what the items are.
const jobs = new PriorityQueue(
  0,
  (a: { priority: number }, b: { priority: number }) => a.priority - b.priority,
);
expectTypeOf(jobs.getNowait()).toEqualTypeOf<{ priority: number }>();
expectTypeOf<Compare<string>>().toEqualTypeOf<(a: string, b: string) => number>();
// @ts-expect-error -- a comparator returns a number
new PriorityQueue<number>(0, (a, b) => a < b);

// A queue of one's own keeps its items otherwise.
declare const items: QueueItems<Date>;
expectTypeOf(new Queue(0, items)).toEqualTypeOf<Queue<Date>>();
