/**
 * Programs and recordings: what a line of a `.jsonl` file holds.
 *
 * A program is a list of coroutines, a coroutine a list of ops. `x` and `y` stand for names of variables, which hold
 * tasks and futures; times are virtual milliseconds. `verification/README.md` says what each op does; its code is in
 * the file of its family.
 */
import type { ReturnWhen } from "@async/futures";

export interface Program {
  readonly seed: number;
  /** The main task runs the first one. */
  readonly coros: readonly Ops[];
}

/** What is seen of a run: compared entry by entry. */
export interface Observation {
  /** The outcome of the main task. */
  readonly end: string;
  readonly trace: readonly TraceEntry[];
  /** The outcome of each variable. */
  readonly finals: Readonly<Record<string, string>>;
}

export type TraceEntry = readonly [time: number, who: string, what: string];

/** A program and what CPython did with it. */
export interface Recording {
  readonly scenario: Program;
  readonly expect: Observation;
}

export type Ops = readonly Op[];
export type Op = CoreOp | CombineOp | ScopeOp | SyncOp;

/** Implemented in `core-ops.ts`. */
export type CoreOp =
  | readonly ["log", text: string]
  | readonly ["sleep", delay: number]
  | readonly ["yield"]
  | readonly ["spawn", coroutine: number, x: string]
  | readonly ["call", coroutine: number]
  | readonly ["await", x: string]
  | readonly ["cancel", x: string, reason: string]
  | readonly ["state", x: string]
  | readonly ["gather", xs: readonly string[], returnExceptions: boolean]
  | readonly ["callback", x: string, label: string]
  | readonly ["soon", text: string]
  | readonly ["later", text: string, delay: number]
  | readonly ["try", ops: Ops, catches: readonly Catch[], handler: Ops, cleanupDelay: number]
  | readonly ["raise", text: string]
  | readonly ["return", value: unknown];

type Catch = "cancelled" | "error";

/** Implemented in `combine-ops.ts`. */
export type CombineOp =
  | readonly ["uncancel"]
  | readonly ["cancelling"]
  | readonly ["cancellater", x: string, delay: number]
  | readonly ["gathervar", xs: readonly string[], returnExceptions: boolean, y: string]
  | readonly ["wait", xs: readonly string[], timeout: number | null, returnWhen: ReturnWhen]
  | readonly ["waitfor", x: string, timeout: number]
  | readonly ["waitforcall", coroutine: number, timeout: number]
  | readonly ["shield", x: string]
  | readonly ["ascompleted", xs: readonly string[], timeout: number | null]
  | readonly ["setresult", future: number, value: unknown]
  | readonly ["setexception", future: number, text: string]
  | readonly ["awaitfut", future: number]
  | readonly ["shieldfut", future: number];

/** Implemented in `scope-ops.ts`. */
export type ScopeOp =
  | readonly ["timeout", delay: number, ops: Ops]
  | readonly ["group", members: readonly (readonly [x: string, coroutine: number])[], ops: Ops];

/** Implemented in `sync-ops.ts`; `k` is the number of the lock, queue and so on. */
export type SyncOp =
  | readonly ["lock", k: number, ops: Ops]
  | readonly ["sem", k: number, ops: Ops]
  | readonly ["evwait", k: number]
  | readonly ["evset", k: number]
  | readonly ["evclear", k: number]
  | readonly ["cwait", k: number]
  | readonly ["cnotify", k: number, count: number]
  | readonly ["put", k: number, value: unknown]
  | readonly ["get", k: number]
  | readonly ["putnow", k: number, value: unknown]
  | readonly ["getnow", k: number]
  | readonly ["taskdone", k: number]
  | readonly ["join", k: number]
  | readonly ["qshutdown", k: number, immediate: boolean]
  | readonly ["barrier", k: number]
  | readonly ["babort", k: number]
  | readonly ["breset", k: number];
