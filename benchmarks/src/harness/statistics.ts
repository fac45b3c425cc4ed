/**
 * Summary: what is said of the values of several rounds.
 *
 * The median, because a pause of the machine makes single values too high and none too low. The spread is half of the distance between the
 * quartiles, as a part of the median: half of the values lie about that close to it.
 */
import { median, quantile } from "d3-array";

export interface Summary {
  readonly median: number;
  /** 0.02 is 2 %; 0 when the median is. */
  readonly spread: number;
}

export function summarize(samples: readonly number[]): Summary {
  const middle = median(samples);
  if (middle === undefined) throw new Error("A summary needs at least one value that is a number");
  const range = quantile(samples, 0.75)! - quantile(samples, 0.25)!;
  return { median: middle, spread: middle === 0 ? 0 : Math.abs(range / 2 / middle) };
}
