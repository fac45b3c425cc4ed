/** Lengths of sleeps that look random and are the same in every run and for every rival; `asyncio.py` makes the same ones. */
export function lengthsOfSleeps(count: number, longest: number): number[] {
  let state = 1;
  return Array.from({ length: count }, () => {
    state = (state * 48_271) % 2_147_483_647;
    return (state / 2_147_483_647) * longest;
  });
}
