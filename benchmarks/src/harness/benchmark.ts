/**
 * Benchmark: a concept, the works that are measured for it, and the rivals that do them, ours first.
 *
 * Every rival does the same works, each in the way that suits it best, in a module of its own beside the benchmark. A work returns how many
 * operations it has carried out, and what it returns has to be what was asked for: a run that skipped its work is no result but an error.
 */
import type { Rival } from "./rival.ts";
import type { Sizes } from "./sizes.ts";

/** What a value is: nanoseconds, bytes, or a number of things. Less is better for all of them. */
export type Unit = "time" | "bytes" | "count";

export interface Work<S extends Sizes = Sizes> {
  readonly title: string;
  readonly sizes: S;
  /** Sizes for a run that only shows that the work gets done. */
  readonly tiny: S;
  /** For rivals that would take minutes: one operation costs them the same, so that fewer show it as well. */
  readonly smaller?: { readonly rivals: readonly string[]; readonly sizes: S };
  /** How many operations have to be carried out; the value of a work in the unit `time` is that of one of them. */
  operations(sizes: S): number;
  /** Default: `time`. */
  readonly unit?: Unit;
  /** Each run has a process of its own, so that it begins with an empty heap. Default: one process for all runs, which is warm. */
  readonly fresh?: boolean;
  /** The most rounds that make sense: 1 where nothing varies. */
  readonly rounds?: number;
  /** The values may be zero or below, and have no ratio. */
  readonly absolute?: boolean;
  readonly targets?: readonly Target[];
}

/** What has to be reached: a ratio to a rival (to the best of several), or a value of our own. */
export type Target =
  { readonly rivals: readonly string[]; readonly atLeast: number } | { readonly atMost: number };

export interface Benchmark<All extends Readonly<Record<string, Sizes>> = Readonly<Record<string, Sizes>>> {
  /** One word, as in `pnpm bench tasks`. */
  readonly name: string;
  readonly title: string;
  readonly works: { readonly [Name in keyof All]: Work<All[Name]> };
  readonly rivals: readonly Rival[];
}

/** Returns the benchmark, typed by the names and sizes of its works. */
export function benchmark<const Name extends string, All extends Readonly<Record<Name, Sizes>>>(
  definition: Benchmark<All>,
): Benchmark<All> {
  return definition;
}

/** The works of a benchmark as one rival does them; those that it has no way to do are left out. */
export type WorksOf<B extends Benchmark> = {
  readonly [Name in keyof B["works"]]?: (sizes: B["works"][Name]["sizes"], meter: Meter) => Promise<number>;
};

/** The clock of a run. It runs from the call of the work to its end, unless the work sets it. */
export interface Meter {
  /** Begins again from zero: what came before was preparation. */
  start(): void;
  /** What comes after this is clean-up. */
  stop(): void;
  /** Sets the value itself, in the unit of the work: nanoseconds, bytes or a count. */
  record(value: number): void;
}
