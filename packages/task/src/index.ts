// Tasks.
export { createTask } from "./create-task.ts";
export { type Coroutine, Task, type TaskOptions } from "./task.ts";
export { allTasks, currentTask } from "./current-task.ts";
export { type Awaitable, ensureFuture } from "./ensure-future.ts";
export { sleep } from "./sleep.ts";

// Several at once.
export {
  type AwaitedAll,
  type AwaitedAllOrErrors,
  type AwaitedOf,
  type GatherOptions,
  gather,
} from "./gather.ts";
export { wait } from "./wait.ts";
export { asCompleted } from "./as-completed.ts";
export { TaskGroup } from "./task-group.ts";
export { ExceptionGroup } from "./exception-group.ts";
export { type RaceResult, staggeredRace } from "./staggered-race.ts";

// Deadlines, and protection from cancellation.
export { Timeout, timeout, timeoutAt } from "./timeout.ts";
export { waitFor } from "./wait-for.ts";
export { shield } from "./shield.ts";

// Work elsewhere.
export { toThread } from "./to-thread.ts";

// Programs.
export { type RunOptions, Runner, run } from "./runner.ts";
export { InterruptError } from "./interrupt-error.ts";

// Who waits for whom.
export { type CallGraph, captureCallGraph, formatCallGraph, printCallGraph } from "./call-graph.ts";
export { DeadlockError } from "./deadlock.ts";
