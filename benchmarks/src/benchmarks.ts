/** The benchmarks, in the order in which they are run and shown. */
import { futures } from "./futures/futures.ts";
import type { Benchmark } from "./harness/benchmark.ts";
import { io } from "./io/io.ts";
import { memory } from "./memory/memory.ts";
import { pool } from "./pool/pool.ts";
import { size } from "./size/size.ts";
import { startUp } from "./start-up/start-up.ts";
import { sync } from "./sync/sync.ts";
import { tasks } from "./tasks/tasks.ts";
import { timers } from "./timers/timers.ts";

export const benchmarks: readonly Benchmark[] = [
  tasks,
  futures,
  timers,
  sync,
  io,
  pool,
  memory,
  size,
  startUp,
];
