/** The stage of most tests here: both kinds of pools, one that several tests share, and the worker functions. */
import { type WorkerWatch, gateModule, type passGate, workerWatch } from "@async/test-kit";
import { afterAll, beforeAll } from "vitest";

import {
  BrokenProcessPool,
  BrokenThreadPool,
  ProcessPoolExecutor,
  ThreadPoolExecutor,
  workerModule,
} from "../src/index.ts";
import type * as callFunctions from "./call-work.ts";
import type * as nestedFunctions from "./nested-work.ts";
import type * as functions from "./work.ts";

export const POOLS = [
  { kind: "threads", Pool: ThreadPoolExecutor, Broken: BrokenThreadPool },
  { kind: "processes", Pool: ProcessPoolExecutor, Broken: BrokenProcessPool },
] as const;

export type PoolClass = (typeof POOLS)[number]["Pool"];
export type Pool = InstanceType<PoolClass>;
export type PoolOptions = NonNullable<ConstructorParameters<PoolClass>[0]>;

export const work = workerModule<typeof functions>(new URL("./work.ts", import.meta.url));
/** Waits at the gate of a ticket. */
export const { passGate: hold } = workerModule<{ passGate: typeof passGate }>(gateModule);
export const callWork = workerModule<typeof callFunctions>(new URL("./call-work.ts", import.meta.url));
export const nestedWork = workerModule<typeof nestedFunctions>(new URL("./nested-work.ts", import.meta.url));

/** Where one pool serves all tests of a block: starting its workers takes longer than most tests. */
export function sharedPool(
  Pool: PoolClass,
  options: PoolOptions = { maxWorkers: 2 },
): { readonly pool: Pool } {
  const shared: { pool: Pool } = { pool: null as never };
  let watch: WorkerWatch;
  beforeAll(() => {
    watch = workerWatch();
    shared.pool = new Pool(options);
  });
  afterAll(async () => {
    await shared.pool.shutdown({ timeout: 1000 });
    await watch.allEnded();
    watch[Symbol.dispose]();
  });
  return shared;
}
