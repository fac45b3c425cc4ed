/** `@async/sync` on its own: waiting and handing over without a task, on the default loop. */
import assert from "node:assert/strict";

import { Lock, PriorityQueue, Queue, QueueShutDown, Semaphore } from "@async/sync";

const lock = new Lock();
const guard = await lock.acquire();
const next = lock.acquire();
assert.equal(lock.statistics().waiters.length, 1);
guard.release();
(await next).release();
assert.equal(lock.locked(), false);

const queue = new Queue<number>(1);
const consumed: number[] = [];
const consumer = (async () => {
  for await (const item of queue) consumed.push(item);
})();
for (const item of [1, 2, 3]) await queue.put(item);
queue.shutdown();
await consumer;
assert.deepEqual(consumed, [1, 2, 3]);
await assert.rejects(queue.get(), QueueShutDown);

const ordered = new PriorityQueue<[number, string]>();
ordered.putNowait([2, "second"]);
ordered.putNowait([1, "first"]);
assert.deepEqual(ordered.getNowait(), [1, "first"]);
assert.equal(new Semaphore(0).locked(), true);
