/** workload: the works of pools on any of them; a rival only says how it is opened and called. */
import { median } from "d3-array";

import type { Meter, WorksOf } from "../harness/benchmark.ts";
import type { pool as benchmark } from "./pool.ts";
import type * as workerFunctions from "./worker-functions.ts";

export const WORKERS = 2;
/** Calls after which a pool counts as warm. */
const WARM_UP = 200;

export type FunctionName = keyof typeof workerFunctions;

export interface OpenPool {
  /** Calls one of the worker functions. */
  call(name: FunctionName, argument: number): PromiseLike<number>;
  /** Waits for calls; default: `Promise.all`. */
  all?(calls: readonly PromiseLike<number>[]): Promise<number[]>;
  /** Calls `echo` with each of the items; default: one call each. */
  map?(items: readonly number[]): Promise<number[]>;
}

/** How a rival opens a pool of two workers; without processes it has only threads. */
export interface Opener {
  readonly threads: () => OpenPool;
  readonly processes?: () => OpenPool;
}

export function workload({
  threads: openThreads,
  processes: openProcesses,
}: Opener): WorksOf<typeof benchmark> {
  const threads = kept(openThreads);
  const works: WorksOf<typeof benchmark> = {
    burst: ({ calls }, meter) => onPool(threads(), meter, (pool) => callAtOnce(pool, "echo", 1, calls)),

    flood: ({ calls }, meter) => onPool(threads(), meter, (pool) => callAtOnce(pool, "echo", 1, calls)),

    inFlight: ({ calls, underWay }, meter) =>
      onPool(threads(), meter, async (pool) => {
        let left = calls;
        let answered = 0;
        const caller = async () => {
          while (left-- > 0) {
            const answer = await pool.call("echo", 1);
            answered += answer;
          }
        };
        await Promise.all(Array.from({ length: underWay }, caller));
        return answered;
      }),

    spin10: ({ calls, microseconds }, meter) =>
      onPool(threads(), meter, (pool) => callAtOnce(pool, "spin", microseconds, calls)),

    spin100: ({ calls, microseconds }, meter) =>
      onPool(threads(), meter, (pool) => callAtOnce(pool, "spin", microseconds, calls)),

    spin1000: ({ calls, microseconds }, meter) =>
      onPool(threads(), meter, (pool) => callAtOnce(pool, "spin", microseconds, calls)),

    map: ({ items }, meter) =>
      onPool(threads(), meter, async (pool) => {
        const ones = Array.from({ length: items }, () => 1);
        return sum(await (pool.map?.(ones) ?? all(pool, ones.map((one) => pool.call("echo", one))))); // prettier-ignore
      }),

    roundTrip: ({ calls }, meter) =>
      onPool(threads(), meter, async (pool) => {
        const times: number[] = [];
        for (let i = 0; i < calls; i++) {
          const started = performance.now();
          await pool.call("echo", 1);
          times.push(performance.now() - started);
        }
        meter.record(median(times)! * 1e6);
        return times.length;
      }),

    coldStart: async (_sizes, meter) => {
      meter.start();
      const answer = await openThreads().call("echo", 1);
      meter.stop();
      return answer;
    },

    heldUp: ({ calls, microseconds, long }, meter) =>
      onPool(threads(), meter, async (pool) => {
        let longEnded = false;
        let late = 0;
        const short = () => pool.call("spin", microseconds).then(() => void (late += longEnded ? 1 : 0));
        const half = Math.floor(calls / 2);
        const before = Array.from({ length: half }, short);
        const longCall = pool.call("spin", long).then(() => void (longEnded = true));
        const after = Array.from({ length: calls - half }, short);
        await Promise.all([...before, longCall, ...after]);
        meter.record(late);
        return before.length + after.length;
      }),
  };
  if (openProcesses === undefined) return works;
  const processes = kept(openProcesses);
  return {
    ...works,
    processes: ({ calls }, meter) => onPool(processes(), meter, (pool) => callAtOnce(pool, "echo", 1, calls)),
  };
}

/** Opens the pool when it is first asked for, and keeps it until the process ends, as a server does. */
function kept(open: () => OpenPool): () => OpenPool {
  let pool: OpenPool | null = null;
  return () => (pool ??= open());
}

/** The pool is warm when the clock starts. */
async function onPool(
  pool: OpenPool,
  meter: Meter,
  work: (pool: OpenPool) => Promise<number>,
): Promise<number> {
  await callAtOnce(pool, "echo", 1, WARM_UP);
  await callAtOnce(pool, "spin", 1, WARM_UP);
  meter.start();
  const done = await work(pool);
  meter.stop();
  return done;
}

async function callAtOnce(
  pool: OpenPool,
  name: FunctionName,
  argument: number,
  calls: number,
): Promise<number> {
  return sum(
    await all(
      pool,
      Array.from({ length: calls }, () => pool.call(name, argument)),
    ),
  );
}

function all(pool: OpenPool, calls: readonly PromiseLike<number>[]): Promise<number[]> {
  return pool.all?.(calls) ?? Promise.all(calls);
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
