/**
 * executorLaws: what every `Executor` promises, as tests. Written once, held by pools of threads, of processes, and whatever comes.
 *
 * The laws are about what a caller sees: futures, iterations, `shutdown`. They say nothing of workers, and nothing of what can travel to them.
 * Each law gets an executor of its own and a limit of time, since the worst that an executor can do is to keep its caller waiting.
 */
import { setTimeout as pause } from "node:timers/promises";

import { cancelLaws } from "./executor-laws/cancel-laws.ts";
import { closingLaws } from "./executor-laws/closing-laws.ts";
import type { ExecutorSubject, MakeExecutor } from "./executor-laws/executor-subject.ts";
import type { ExecutorStage, Law } from "./executor-laws/law.ts";
import { mapInputLaws } from "./executor-laws/map-input-laws.ts";
import { mapLaws } from "./executor-laws/map-laws.ts";
import { awaitedLater } from "./executor-laws/outcome.ts";
import { shutdownLaws } from "./executor-laws/shutdown-laws.ts";
import { submitLaws } from "./executor-laws/submit-laws.ts";
import { waitingLaws } from "./executor-laws/waiting-laws.ts";
import type { LawRunner } from "./law-runner.ts";

export type {
  ExecutorSubject,
  ExecutorLawFunctions,
  ExecutorLawGate,
  MakeExecutor,
} from "./executor-laws/executor-subject.ts";

export interface ExecutorLawOptions {
  /** Milliseconds that a law may take. Default: 10,000. */
  readonly patience?: number;
}

/** Milliseconds. An executor that does what it must not do does it by then; one that does not, loses the time. */
const A_WHILE = 10;

const CHAPTERS: Readonly<Record<string, readonly Law[]>> = {
  submit: submitLaws,
  cancel: cancelLaws,
  "wait and asCompleted": waitingLaws,
  map: mapLaws,
  "the input of map": mapInputLaws,
  "an iteration that ends early": closingLaws,
  shutdown: shutdownLaws,
};

/**
 * Registers one test for each law with the test runner.
 *
 * @example
 * ```text
 * import { executorLaws } from "@async/testing";
 * import { describe, it } from "vitest";
 *
 * describe("MyExecutor", () => executorLaws(({ workers }) => makeMyExecutor(workers), { describe, it }));
 * ```
 */
export function executorLaws(make: MakeExecutor, runner: LawRunner, options: ExecutorLawOptions = {}): void {
  const { patience = 10_000 } = options;
  for (const [chapter, laws] of Object.entries(CHAPTERS)) {
    runner.describe(chapter, () => {
      for (const law of laws) runner.it(law.name, () => hold(law, make, patience));
    });
  }
}

/** Rejects if the executor breaks the law, or keeps it waiting. */
async function hold(law: Law, make: MakeExecutor, patience: number): Promise<void> {
  const subject = await make({ workers: law.workers });
  const timeIsUp = new AbortController();
  try {
    const verdict = awaitedLater(tryLaw(law, stageOf(subject, timeIsUp.signal)));
    const limit = pause(patience, "late" as const, { signal: timeIsUp.signal });
    if ((await Promise.race([verdict, limit])) === "late") {
      throw new Error(`Not done within ${patience} ms: ${law.name}`);
    }
  } finally {
    timeIsUp.abort();
    await subject[Symbol.asyncDispose]();
  }
}

async function tryLaw(law: Law, stage: ExecutorStage): Promise<void> {
  await law.body(stage);
}

function stageOf(subject: ExecutorSubject, timeIsUp: AbortSignal): ExecutorStage {
  return {
    executor: subject.executor,
    functions: subject.functions,
    gate: subject.gate,
    until: async (condition) => {
      while (!condition()) {
        timeIsUp.throwIfAborted();
        await pause(1);
      }
    },
    aWhile: () => pause(A_WHILE),
  };
}
