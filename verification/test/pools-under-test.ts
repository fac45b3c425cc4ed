/** Both kinds of pools, and their work, for tests of what must hold for each. */
import {
  BrokenProcessPool,
  BrokenThreadPool,
  ProcessPoolExecutor,
  ThreadPoolExecutor,
  workerModule,
} from "@async/pool";

import { gateModule, type passGate } from "@async/test-kit";

import type * as functions from "./fault-work.ts";

export const POOLS = [
  { kind: "threads", Pool: ThreadPoolExecutor, Broken: BrokenThreadPool },
  { kind: "processes", Pool: ProcessPoolExecutor, Broken: BrokenProcessPool },
] as const;

export type Kind = (typeof POOLS)[number]["kind"];
export type Pool = ThreadPoolExecutor | ProcessPoolExecutor;
export type PoolOptions = NonNullable<ConstructorParameters<typeof ThreadPoolExecutor>[0]>;

export const work = workerModule<typeof functions>(new URL("./fault-work.ts", import.meta.url));
/** Waits at the gate of a ticket. */
export const { passGate: hold } = workerModule<{ passGate: typeof passGate }>(gateModule);
