import type { Computation } from "./compute.ts";

/** F(n) = F(n - 1) + F(n - 2), from F(1) = F(2) = 1 */
export function fibonacci(n: number): Computation {
  if (n < 1) throw new RangeError(`there is no Fibonacci number ${n}`);
  return { count: n, steps: sums(n) };
}

function* sums(n: number): Generator<[string, bigint]> {
  let [before, last] = [0n, 1n];
  for (let i = 1; i <= n; i++) {
    yield [`F(${i})`, last];
    [before, last] = [last, before + last];
  }
}
