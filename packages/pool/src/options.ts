/**
 * The options of an executor, with their defaults and checks.
 */
import { availableParallelism } from "node:os";
import type { ResourceLimits } from "node:worker_threads";

import { UsageError } from "@async/futures";

import { functionName } from "./function-name.ts";
import { show } from "./show.ts";
import { strayErrorHandler } from "./stray-errors.ts";
import { type FunctionReference, referenceOf } from "./wire/index.ts";

/** What a thread or process is started with. */
export interface WorkerOptions {
  /** Limits of a worker's memory. A worker that exceeds them dies, and with it the call that it runs. */
  readonly resourceLimits?: ResourceLimits | undefined;
  /** The environment of the workers. Default: a copy of this program's. */
  readonly env?: NodeJS.ProcessEnv | undefined;
  /** Node's flags for the workers. Default: those of this program. */
  readonly execArgv?: readonly string[] | undefined;
}

export interface PoolOptions extends WorkerOptions {
  /** At most this many workers; they are started on demand. Default: one for each processor. */
  readonly maxWorkers?: number | undefined;
  /** The workers are named `prefix_0`, `prefix_1`, ... Default: `ThreadPoolExecutor-0` and so on. */
  readonly threadNamePrefix?: string | undefined;
  /** Called once in every worker before its first call, from a worker module. If it throws, the executor is broken. */
  readonly initializer?: ((...args: never[]) => unknown) | undefined;
  /** The arguments of the initializer, as they are when the executor is made. */
  readonly initargs?: readonly unknown[] | undefined;
  /** A worker is replaced after exactly so many calls. Default: never. */
  readonly maxTasksPerChild?: number | undefined;
  /** At most so many calls that have not ended; beyond that `submit` throws ExecutorFull. Default: no limit. */
  readonly maxPending?: number | undefined;
  /** Milliseconds that a cancelled call gets to end by itself, before its worker is ended and replaced. Default: 20. */
  readonly cancelGrace?: number | undefined;
  /**
   * What happens when a worker dies. `"replace"`: the call that it ran fails, the others never notice. `"break"`, as in Python: every future fails,
   * and the executor is broken. Default: `"replace"`.
   */
  readonly onWorkerDeath?: "replace" | "break" | undefined;
  /**
   * Gets what no call can be blamed for: what a timer or an unawaited promise of a worker throws. Default: a process warning. What it throws
   * itself is a process warning, too.
   */
  readonly onError?: ((error: unknown) => void) | undefined;
}

/** The options, checked and complete. */
export interface Settings {
  readonly maxWorkers: number;
  readonly namePrefix: string;
  readonly initializer: { readonly reference: FunctionReference; readonly args: readonly unknown[] } | null;
  readonly maxTasksPerChild: number;
  readonly maxPending: number;
  readonly cancelGrace: number;
  readonly onWorkerDeath: "replace" | "break";
  /** Takes stray errors; never throws. */
  readonly onError: (error: unknown) => void;
}

const DEFAULT_GRACE = 20;
const ON_DEATH: ReadonlySet<unknown> = new Set(["replace", "break"]);

/** How many executors of a name there were. Python numbers its thread pools in the same way. */
const counters = new Map<string, number>();

/** @throws TypeError, UsageError for what an option cannot be. */
export function checkOptions(owner: string, options: PoolOptions): Settings {
  checkObject(owner, options);
  const {
    maxWorkers,
    threadNamePrefix,
    initializer,
    initargs = [],
    maxTasksPerChild,
    maxPending,
    cancelGrace = DEFAULT_GRACE,
    onWorkerDeath = "replace",
    onError,
  } = options;
  const check = (name: string, value: number | undefined): number =>
    value === undefined ? Infinity : checkCount(`${owner}: ${name}`, value);
  if (typeof cancelGrace !== "number" || !(cancelGrace >= 0))
    throw new UsageError(`${owner}: cancelGrace is milliseconds, 0 or more, got ${show(cancelGrace)}`);
  if (!ON_DEATH.has(onWorkerDeath))
    throw new UsageError(`${owner}: onWorkerDeath is "replace" or "break", got ${show(onWorkerDeath)}`);
  if (threadNamePrefix !== undefined && typeof threadNamePrefix !== "string")
    throw new TypeError(`${owner}: threadNamePrefix is a string, got ${show(threadNamePrefix)}`);
  if (onError !== undefined && typeof onError !== "function")
    throw new TypeError(`${owner}: onError is a function, got ${show(onError)}`);
  if (!Array.isArray(initargs)) throw new TypeError(`${owner}: initargs is an array, got ${show(initargs)}`);
  return {
    maxWorkers: maxWorkers === undefined ? availableParallelism() : check("maxWorkers", maxWorkers),
    namePrefix: threadNamePrefix ?? nextName(owner),
    initializer:
      initializer === undefined
        ? null
        : { reference: checkFunction(`${owner}: initializer`, initializer), args: initargs },
    maxTasksPerChild: check("maxTasksPerChild", maxTasksPerChild),
    maxPending: check("maxPending", maxPending),
    cancelGrace,
    onWorkerDeath,
    onError: strayErrorHandler(owner, onError),
  };
}

/** @throws TypeError unless the function is one that a worker can find. */
export function checkFunction(caller: string, fn: unknown): FunctionReference {
  const reference = referenceOf(fn);
  if (reference !== null) return reference;
  const seen = typeof fn === "function" ? `the function ${functionName(fn)}` : show(fn);
  throw new TypeError(
    `${caller}: ${seen} cannot be sent to a worker. Export the function from a module and pass ` +
      `workerModule<typeof import("./work.ts")>(new URL("./work.ts", import.meta.url)).name, or inline(fn) if it needs nothing around it`,
  );
}

/** @throws TypeError unless it is an object, as options are. */
export function checkObject(caller: string, options: unknown): void {
  if (typeof options !== "object" || options === null)
    throw new TypeError(`${caller}: the options are an object, got ${show(options)}`);
}

/** @throws TypeError, UsageError unless it is a whole number of at least 1. */
export function checkCount(name: string, value: unknown): number {
  if (typeof value !== "number") throw new TypeError(`${name} is a number, got ${show(value)}`);
  if (!(value >= 1) || (!Number.isInteger(value) && value !== Infinity))
    throw new UsageError(`${name} is a whole number of at least 1, got ${value}`);
  return value;
}

function nextName(owner: string): string {
  const count = counters.get(owner) ?? 0;
  counters.set(owner, count + 1);
  return `${owner}-${count}`;
}
