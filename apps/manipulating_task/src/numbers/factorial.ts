import type { Computation } from "./compute.ts";

/** n! = 1 · 2 · ... · n */
export function factorial(n: number): Computation {
  if (n < 1) throw new RangeError(`the factorial of ${n} is not computed here`);
  return { count: n, steps: products(n) };
}

function* products(n: number): Generator<[string, bigint]> {
  let product = 1n;
  for (let i = 1; i <= n; i++) {
    product *= BigInt(i);
    yield [`${i}!`, product];
  }
}
