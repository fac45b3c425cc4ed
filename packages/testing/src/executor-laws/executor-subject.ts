/** ExecutorSubject: what the laws of executors are tried on; whoever holds an executor to them makes one. */
import type { Executor } from "@async/futures";

/** Functions that the executor can run, each as the reference that it takes. */
export interface ExecutorLawFunctions {
  /** Returns its argument. */
  readonly identity: (value: number) => number;
  readonly add: (a: number, b: number) => number;
  /** Async: resolves to twice its argument. */
  readonly double: (value: number) => Promise<number>;
  /** Returns 1 / value; throws `new RangeError("0 has no reciprocal")` for 0. */
  readonly reciprocal: (value: number) => number;
  /** Async: counts as an arrival at the gate of that ticket, and resolves to the ticket once the gate is open. */
  readonly hold: (ticket: string) => Promise<string>;
}

/** Holds the calls of `hold`, so that a law knows which calls run, without a clock. */
export interface ExecutorLawGate {
  /** What `hold` is given. */
  readonly ticket: string;
  /** Calls of `hold(ticket)` that have begun so far. */
  readonly arrivals: number;
  /** Lets all of them end, also those that begin later. */
  open(): void;
}

/** An executor, with what the laws need to try it. Disposing of it frees all of it, whatever state the executor is in. */
export interface ExecutorSubject extends AsyncDisposable {
  readonly executor: Executor;
  readonly functions: ExecutorLawFunctions;
  /** Makes a gate, closed. */
  readonly gate: () => ExecutorLawGate;
}

/** Makes an executor that runs so many calls at the same time, if it is given them. */
export type MakeExecutor = (options: {
  readonly workers: number;
}) => ExecutorSubject | PromiseLike<ExecutorSubject>;
