/**
 * Everything of `@async/sync` that is waited for first come first served, in a state in which one has to wait.
 *
 * Not here, because the laws of waiting are not theirs: `Event`, which lets all pass; `Barrier`, whose waiters wake each other; `RateLimiter`, which
 * time wakes; readers of an `RWLock`, who pass together.
 */
import {
  BoundedSemaphore,
  CapacityLimiter,
  Condition,
  LifoQueue,
  Lock,
  PriorityQueue,
  Queue,
  RWLock,
  Semaphore,
} from "@async/sync";
import type { MakeWaiter, WaiterLawOptions, WaiterSubject } from "@async/testing";

interface WaiterUnderTest {
  readonly name: string;
  readonly make: MakeWaiter;
  readonly options: WaiterLawOptions;
}

/** More than are taken out by any law. */
const ITEMS = 10;

const QUEUES = { Queue, LifoQueue, PriorityQueue };

export const WAITERS: readonly WaiterUnderTest[] = [
  {
    name: "Lock",
    async make(): Promise<WaiterSubject> {
      const lock = new Lock();
      await lock.acquire();
      return {
        wait: () => lock.acquire(),
        wake: () => lock.release(),
        waiting: () => lock.statistics().waiters.length,
      };
    },
    options: { oneAtATime: true },
  },
  {
    name: "Semaphore",
    make: () => subjectOf(new Semaphore(0)),
    options: {},
  },
  {
    name: "BoundedSemaphore",
    async make(): Promise<WaiterSubject> {
      const semaphore = new BoundedSemaphore(1);
      await semaphore.acquire();
      return subjectOf(semaphore);
    },
    options: { oneAtATime: true },
  },
  {
    name: "Condition",
    make(): WaiterSubject {
      const condition = new Condition();
      return {
        async wait() {
          using guard = await condition.acquire();
          await condition.wait();
          guard.release();
        },
        async wake() {
          using guard = await condition.acquire();
          condition.notify();
          guard.release();
        },
        // How many wait is not told: one that is cancelled wakes another, perhaps for nothing, as in Python.
      };
    },
    options: { keepsWakeUps: false },
  },
  ...Object.entries(QUEUES).flatMap(([name, AnyQueue]): WaiterUnderTest[] => [
    {
      name: `${name}.get`,
      make(): WaiterSubject {
        const queue = new AnyQueue<number>();
        return {
          wait: () => queue.get(),
          wake: () => queue.putNowait(1),
          waiting: () => queue.statistics().getters.length,
        };
      },
      options: { mayOvertake: true },
    },
    {
      name: `${name}.put`,
      make(): WaiterSubject {
        const queue = new AnyQueue<number>(ITEMS);
        while (!queue.full()) queue.putNowait(1);
        return {
          wait: () => queue.put(1),
          wake: () => queue.getNowait(),
          waiting: () => queue.statistics().putters.length,
        };
      },
      options: { mayOvertake: true },
    },
  ]),
  {
    name: "CapacityLimiter, with one token",
    async make(): Promise<WaiterSubject> {
      const limiter = new CapacityLimiter(1);
      await limiter.acquireOnBehalfOf("the first");
      return {
        wait: () => limiter.acquire(),
        wake: () => limiter.releaseOnBehalfOf(limiter.statistics().borrowers[0]),
        waiting: () => limiter.statistics().waiters.length,
      };
    },
    options: { oneAtATime: true },
  },
  {
    name: "CapacityLimiter, with more tokens",
    async make(): Promise<WaiterSubject> {
      const limiter = new CapacityLimiter(1);
      await limiter.acquireOnBehalfOf("the first");
      return {
        async wait() {
          const token = await limiter.acquire();
          limiter.totalTokens -= 1;
          token.release();
        },
        wake: () => (limiter.totalTokens += 1),
        waiting: () => limiter.statistics().waiters.length,
      };
    },
    options: {},
  },
  {
    name: "RWLock.acquireWrite",
    async make(): Promise<WaiterSubject> {
      const lock = new RWLock();
      await lock.acquireWrite();
      return {
        wait: () => lock.acquireWrite(),
        wake: () => lock.releaseWrite(),
        waiting: () => lock.statistics().waitingWriters.length,
      };
    },
    options: { oneAtATime: true },
  },
];

function subjectOf(semaphore: Semaphore): WaiterSubject {
  return {
    wait: () => semaphore.acquire(),
    wake: () => semaphore.release(),
    waiting: () => semaphore.statistics().waiters.length,
  };
}
