import type { Computation } from "./compute.ts";

/** C(n, k) = C(n, k - 1) · (n - k + 1) / k: in how many ways k of n things can be chosen. */
export function binomial(n: number, k: number): Computation {
  if (k < 0 || k > n) throw new RangeError(`${k} of ${n} things cannot be chosen`);
  return { count: k + 1, steps: choices(n, k) };
}

function* choices(n: number, k: number): Generator<[string, bigint]> {
  let ways = 1n;
  for (let i = 0; i <= k; i++) {
    if (i > 0) ways = (ways * BigInt(n - i + 1)) / BigInt(i);
    yield [`C(${n}, ${i})`, ways];
  }
}
