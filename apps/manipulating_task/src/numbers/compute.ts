/**
 * compute: the coroutine that carries a computation out, step by step, and lets others run between the steps.
 *
 * Numbers are BigInts, so they are exact however long they grow. A long computation reports every so many steps.
 */
import { sleep } from "@async/task";

import { showValue } from "../text/show-value.ts";

/** The values on the way to a result, each with its name; the last one is the result. */
export interface Computation {
  readonly steps: Iterable<readonly [name: string, value: bigint]>;
  /** How many there are. */
  readonly count: number;
}

const MOST_REPORTS = 12;
/** Milliseconds between two reports: enough for the other tasks to report theirs. */
const PAUSE = 30;

export async function compute(
  { steps, count }: Computation,
  report: (text: string) => void,
): Promise<bigint> {
  const stride = Math.ceil(count / MOST_REPORTS);
  let done = 0;
  let result = 0n;
  for (const [name, value] of steps) {
    result = value;
    done += 1;
    if (done % stride !== 0 && done !== count) continue;
    report(`${name} = ${showValue(value)}`);
    await sleep(PAUSE);
  }
  return result;
}
