/** Values, ratios and targets as text. */
import type { Target, Unit } from "../harness/benchmark.ts";

const TIMES = ["ns", "µs", "ms", "s"] as const;
const BYTES = ["B", "kB", "MB"] as const;

/** Returns three digits with a unit that suits them: `312 ns`, `1.25 µs`, `16.7 kB`. */
export function showValue(value: number, unit: Unit): string {
  if (unit === "count") return String(Math.round(value));
  const names: readonly string[] = unit === "time" ? TIMES : BYTES;
  const steps = Math.max(0, Math.floor(Math.log10(Math.abs(value) || 1) / 3));
  const step = Math.min(steps, names.length - 1);
  return `${threeDigits(value / 1000 ** step)} ${names[step]!}`;
}

/** Returns `5.2x`: so many times ours. Near 1, where it matters, with two digits behind the point. */
export function showRatio(ratio: number): string {
  if (ratio >= 10) return `${ratio.toFixed(0)}x`;
  return `${ratio.toFixed(ratio < 2 ? 2 : 1)}x`;
}

/** Returns `± 2 %`. */
export function showSpread(spread: number): string {
  return `± ${(spread * 100).toFixed(spread < 0.1 ? 1 : 0)} %`;
}

export function showTarget(target: Target, unit: Unit): string {
  if ("atMost" in target) return `at most ${showValue(target.atMost, unit)}`;
  const rival = target.rivals.length > 1 ? "the best peer" : target.rivals[0]!;
  return `${rival} takes ${showRatio(target.atLeast)} or more`;
}

export function showReached(target: Target, reached: number, unit: Unit): string {
  return "atMost" in target ? showValue(reached, unit) : showRatio(reached);
}

function threeDigits(value: number): string {
  const size = Math.abs(value);
  if (size === 0) return "0";
  return value.toFixed(size >= 100 ? 0 : size >= 10 ? 1 : 2);
}
