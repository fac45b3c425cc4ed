/** Mutation: a line of a primitive that is taken away or replaced, and the tests that must not put up with it. */

export interface Mutation {
  /** What the line sees to, and does not any more. */
  readonly what: string;
  /** From the root of the repository. */
  readonly file: string;
  /** The text of the line, without the spaces around it. */
  readonly line: string;
  /** Where the line stands more than once: it is the first one below this line. */
  readonly below?: string;
  /** What stands there then. Default: nothing. */
  readonly instead?: string;
  /** Where the tests are, from the root of the repository. */
  readonly tests: string;
  /** What is in the names of the tests to run. Default: all that are there. */
  readonly named?: string;
}

/** @throws Error if the line is not there, or it is not clear which one it is. */
export function mutate(source: string, { file, line, below, instead = "" }: Mutation): string {
  const lines = source.split("\n");
  const start = below === undefined ? 0 : onlyPlace(lines, below, file) + 1;
  const place =
    below === undefined
      ? onlyPlace(lines, line, file)
      : lines.findIndex((text, index) => index >= start && text.trim() === line);
  if (place === -1)
    throw new Error(`${file} has no line '${line}' below '${below}'; bring the mutation up to date`);
  return lines.with(place, instead).join("\n");
}

function onlyPlace(lines: readonly string[], line: string, file: string): number {
  const places = lines.flatMap((text, index) => (text.trim() === line ? [index] : []));
  const [place] = places;
  if (place === undefined) throw new Error(`${file} has no line '${line}'; bring the mutation up to date`);
  if (places.length > 1)
    throw new Error(`${file} has the line '${line}' more than once; say below which it is`);
  return place;
}
