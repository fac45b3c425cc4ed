/** Result: what a benchmark gave, as it lies in `results/`. */
import type { Target, Unit } from "./benchmark.ts";
import type { Machine } from "./machine.ts";
import type { Summary } from "./statistics.ts";

export interface Result {
  readonly benchmark: string;
  readonly title: string;
  /** What was typed. */
  readonly command: string;
  /** ISO 8601, without the time. */
  readonly date: string;
  readonly node: string;
  readonly machine: Machine;
  readonly rounds: number;
  /** Ours first. */
  readonly rivals: readonly { readonly name: string; readonly version: string }[];
  readonly leftOut: readonly LeftOut[];
  readonly works: readonly WorkResult[];
}

/** A rival that is not on the machine. */
export interface LeftOut {
  readonly name: string;
  readonly reason: string;
}

export interface WorkResult {
  readonly name: string;
  readonly title: string;
  readonly unit: Unit;
  /** Ours first; then those that can do the work. */
  readonly values: readonly RivalValue[];
  readonly targets: readonly TargetResult[];
}

export interface RivalValue extends Summary {
  readonly rival: string;
  /** The median divided by ours: above 1 it takes more than ours. Null where the values have no ratio. */
  readonly ratio: number | null;
  readonly samples: readonly number[];
}

export interface TargetResult {
  readonly target: Target;
  /** The ratio or the value; null when none of its rivals is on this machine. */
  readonly reached: number | null;
  readonly met: boolean | null;
}

/** Returns what became of a target, given the values of its work. */
export function judge(target: Target, values: readonly RivalValue[]): TargetResult {
  if ("atMost" in target) {
    const reached = values[0]!.median;
    return { target, reached, met: reached <= target.atMost };
  }
  const ratios = values
    .filter(({ rival, ratio }) => target.rivals.includes(rival) && ratio !== null)
    .map(({ ratio }) => ratio!);
  if (ratios.length === 0) return { target, reached: null, met: null };
  const reached = Math.min(...ratios);
  return { target, reached, met: reached >= target.atLeast };
}
