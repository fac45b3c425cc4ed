/** evaluate: the work of the script, which keeps a processor busy and does nothing else. */

/** Counts the steps, one by one, and returns the number times what was counted. */
export function evaluate(number: number, steps: number): number {
  let counted = 0;
  for (let step = 0; step < steps; step += 1) counted += 1;
  return number * counted;
}
