/** textWidth: how many columns our text may take. */

const DEFAULT = 80;
/** Narrower, and words no longer fit beside the lanes. */
const LEAST = 50;
/** Wider, and the eye loses the line. */
const MOST = 120;

/**
 * Returns the columns that the user asked for, else those of the terminal.
 *
 * @param asked - the environment variable COLUMNS
 * @param terminal - undefined when the output is no terminal
 */
export function textWidth(asked: string | undefined, terminal: number | undefined): number {
  const wanted = asked !== undefined && /^[1-9]\d*$/.test(asked) ? Number(asked) : (terminal ?? DEFAULT);
  return Math.min(MOST, Math.max(LEAST, wanted));
}
