// The executors.
export { ThreadPoolExecutor } from "./thread-pool-executor.ts";
export { ProcessPoolExecutor } from "./process-pool-executor.ts";
export type { PoolOptions } from "./options.ts";
export type { CallOptions } from "./call-watch.ts";
export type { Submitter } from "./pool-executor.ts";
export type { PoolStatistics, WorkerStatistics } from "./statistics.ts";

// How functions get to the workers.
export { type WorkerModule, workerModule } from "./worker-module.ts";
export { inline } from "./inline.ts";

// The errors.
export { BrokenProcessPool, BrokenThreadPool, ExecutorFull } from "./errors.ts";
export { RemoteTraceback, registerError } from "./wire/index.ts";
