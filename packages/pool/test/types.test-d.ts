/** Types: what compiles, and what must not. Checked by `tsc`, never run. */
import type { BrokenExecutorError, Executor, Future } from "@async/futures";
import { expectTypeOf } from "vitest";

import {
  type BrokenProcessPool,
  ProcessPoolExecutor,
  ThreadPoolExecutor,
  inline,
  workerModule,
} from "../src/index.ts";
import { currentCall } from "../src/worker.ts";
import type * as functions from "./work.ts";

const work = workerModule<typeof functions>(new URL("./work.ts", import.meta.url));
declare const pool: ThreadPoolExecutor;

// Both are executors.
expectTypeOf<ThreadPoolExecutor>().toExtend<Executor>();
expectTypeOf<ProcessPoolExecutor>().toExtend<Executor>();
expectTypeOf<BrokenProcessPool>().toExtend<BrokenExecutorError>();

// A reference is typed as the function that it stands for; the result of an async one comes unwrapped.
expectTypeOf(pool.submit(work.add, 1, 2)).toExtend<Future<number>>();
expectTypeOf(pool.submit(work.double, 1)).toExtend<Future<number>>();
expectTypeOf(pool.map(work.double, [1, 2])).toExtend<AsyncIterable<number>>();
expectTypeOf(pool.starmap(work.add, [[1, 2]])).toExtend<AsyncIterable<number>>();
expectTypeOf(pool.with({ timeout: 10 }).submit(work.add, 1, 2)).toExtend<Future<number>>();
expectTypeOf(
  pool.submit(
    inline((a: number) => String(a)),
    1,
  ),
).toExtend<Future<string>>();

// @ts-expect-error an argument is missing
void pool.submit(work.add, 1);
// @ts-expect-error an argument is of the wrong type
void pool.submit(work.add, 1, "2");
// @ts-expect-error the items are not what the function takes
pool.map(work.double, ["1"]);
// @ts-expect-error nor are the arguments
pool.starmap(work.add, [[1]]);
// @ts-expect-error the module has no such export
expectTypeOf(work.subtract).toBeAny();
// @ts-expect-error an export that is no function is none for a worker
expectTypeOf(work.notAFunction).toBeAny();
// @ts-expect-error the module is named by a URL
workerModule<typeof functions>(42);
// @ts-expect-error there is no such option
new ThreadPoolExecutor({ workers: 2 });
// @ts-expect-error an option is of the wrong type
new ProcessPoolExecutor({ maxWorkers: "2" });
// @ts-expect-error one of two words
new ThreadPoolExecutor({ onWorkerDeath: "ignore" });
// @ts-expect-error there is no such option of a call
pool.with({ retries: 2 });
// @ts-expect-error only data can be transferred
pool.with({ transfer: ["text"] });

expectTypeOf(currentCall().signal).toEqualTypeOf<AbortSignal>();
expectTypeOf(currentCall().id).toEqualTypeOf<number>();
expectTypeOf(pool.ready()).toExtend<PromiseLike<void>>();
expectTypeOf(pool.shutdown({ wait: false, cancelFutures: true, timeout: 10 })).toEqualTypeOf<Promise<void>>();
