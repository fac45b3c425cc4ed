/** pools: the two kinds of pools, which differ in nothing but their workers. */
import { type PoolOptions, ProcessPoolExecutor, ThreadPoolExecutor } from "@async/pool";

export type Pool = ThreadPoolExecutor | ProcessPoolExecutor;

export interface PoolKind {
  readonly name: "threads" | "processes";
  readonly make: (options: PoolOptions) => Pool;
}

export const pools: readonly PoolKind[] = [
  { name: "threads", make: (options) => new ThreadPoolExecutor(options) },
  { name: "processes", make: (options) => new ProcessPoolExecutor(options) },
];
