/** Returns the number that an option of a command was given. @throws RangeError if it is none, or below `least`. */
export function wholeNumber(option: string, value: string, least: number): number {
  const isWhole = /^[0-9]{1,15}$/.test(value) && Number(value) >= least;
  if (!isWhole) throw new RangeError(`${option} takes a whole number from ${least} on, not '${value}'`);
  return Number(value);
}
