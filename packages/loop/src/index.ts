// The loop, what it schedules, and its time.
export {
  EventLoop,
  type EventLoopOptions,
  type ExceptionHandler,
  type LoopStatistics,
} from "./event-loop.ts";
export { Handle, TimerHandle } from "./handle.ts";
export type { Timer } from "./timer-heap.ts";
export { type Clock, VirtualClock } from "./clock.ts";
export type { ReadyQueue } from "./ready-queue.ts";

// Which loop is meant.
export { isDefaultLoop } from "./default-loop.ts";
export { getEventLoop, getRunningLoop, newEventLoop } from "./running-loop.ts";
