// One at a time, or so many.
export { Lock, type LockStatistics } from "./lock.ts";
export { BoundedSemaphore, Semaphore, type SemaphoreStatistics } from "./semaphore.ts";
export { RWLock, type RWLockStatistics } from "./rw-lock.ts";
export { CapacityLimiter, type CapacityLimiterStatistics } from "./capacity-limiter.ts";
export { RateLimiter, type RateLimiterStatistics } from "./rate-limiter.ts";
export type { Guard } from "./guard.ts";

// Waiting for each other.
export { Event, type EventStatistics } from "./event.ts";
export { Condition, type ConditionStatistics } from "./condition.ts";
export { Barrier, type BarrierState, type BarrierStatistics } from "./barrier.ts";

// Passing items on.
export { Queue, type QueueStatistics } from "./queue.ts";
export type { QueueItems } from "./queue-items.ts";
export { LifoQueue } from "./lifo-queue.ts";
export { PriorityQueue } from "./priority-queue.ts";
export type { Compare } from "./compare.ts";

// Who waits.
export type { Waiting } from "./waiters.ts";

// The errors.
export { BrokenBarrierError, QueueEmpty, QueueFull, QueueShutDown } from "./errors.ts";
