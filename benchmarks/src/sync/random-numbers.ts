/** Whole numbers that look random and are the same in every run and for every rival; `asyncio.py` makes the same ones. */
export function randomNumbers(count: number): number[] {
  let state = 1;
  return Array.from({ length: count }, () => (state = (state * 48_271) % 2_147_483_647));
}

/** Returns how many of the numbers are not below the one before them: all, if they are in order. */
export function countInOrder(numbers: readonly number[]): number {
  return numbers.filter((number, index) => index === 0 || numbers[index - 1]! <= number).length;
}
