/** CancelPlan: which task is cancelled in a run, and at which moments. */
import { inspect } from "node:util";

import { UsageError } from "@async/futures";

export interface CancelPlan {
  /** Counted from 1. The same one twice: two requests at once. */
  readonly moments: readonly number[];
  /** Which of the victims there are at the first of these moments, the oldest being 0. Default: 0. */
  readonly victim?: number;
}

/** @throws UsageError if it is none. */
export function checkCancelPlan(caller: string, plan: unknown): asserts plan is CancelPlan {
  const { moments, victim = 0 } = (plan ?? {}) as Partial<CancelPlan>;
  const isPlan =
    Array.isArray(moments) &&
    moments.length > 0 &&
    moments.every((n) => isCount(n) && n > 0) &&
    isCount(victim);
  if (isPlan) return;
  throw new UsageError(
    `${caller}: replay takes what a failure prints, such as { moments: [5] }, got ${inspect(plan)}`,
  );
}

/** Returns the plan as it is written in a test. */
export function printCancelPlan({ moments, victim = 0 }: CancelPlan): string {
  return `{ moments: [${moments.join(", ")}]${victim === 0 ? "" : `, victim: ${victim}`} }`;
}

function isCount(value: unknown): boolean {
  return Number.isSafeInteger(value) && (value as number) >= 0;
}
