/** Law: one promise of every executor, and how it is tried. */
import type { ExecutorSubject } from "./executor-subject.ts";

/** What a law has at hand. */
export interface ExecutorStage extends Pick<ExecutorSubject, "executor" | "functions" | "gate"> {
  /** Resolves once the condition holds; it is asked again and again. */
  readonly until: (condition: () => boolean) => Promise<void>;
  /** Gives the executor time to do what it must not do. */
  readonly aWhile: () => Promise<void>;
}

export interface Law {
  /** The claim: what an executor does. */
  readonly name: string;
  /** How many calls the executor is to run at the same time. */
  readonly workers: number;
  /** Throws or rejects if the claim does not hold. */
  readonly body: (stage: ExecutorStage) => Promise<void> | void;
}

/** A law that is tried on an executor with two workers. */
export function law(name: string, body: Law["body"]): Law {
  return { name, workers: 2, body };
}

/** A law that is tried where a second call has to wait for the first. */
export function lawOfOneWorker(name: string, body: Law["body"]): Law {
  return { name, workers: 1, body };
}
