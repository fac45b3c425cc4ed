/**
 * Where two observations of one program first differ, and how that is shown to a reader.
 *
 * A trace is compared entry by entry, then the outcome of the main task, then those of the variables.
 */
import type { Observation, Program, TraceEntry } from "./program.ts";
import { printProgram } from "./print-program.ts";

export interface Difference {
  /** `trace entry 4`, `end` or `final t1`. */
  readonly where: string;
  /** The position in the trace; its length when the traces are equal. */
  readonly at: number;
}

/** Returns null when they are equal. */
export function firstDifference(expected: Observation, actual: Observation): Difference | null {
  const length = Math.max(expected.trace.length, actual.trace.length);
  for (let at = 0; at < length; at++) {
    if (showEntry(expected.trace[at]) !== showEntry(actual.trace[at]))
      return { where: `trace entry ${at}`, at };
  }
  if (expected.end !== actual.end) return { where: "end", at: length };
  const names = Object.keys({ ...expected.finals, ...actual.finals });
  const name = names.find((name) => expected.finals[name] !== actual.finals[name]);
  return name === undefined ? null : { where: `final ${name}`, at: length };
}

/** How many entries are shown before and after the one that differs. */
const NEIGHBOURS = 4;

/** Returns the program and, side by side, the first differing entry with its neighbours and the outcomes. */
export function describeDifference(
  program: Program,
  expected: Observation,
  actual: Observation,
  { where, at }: Difference,
): string {
  const rows = [];
  const last = Math.min(at + NEIGHBOURS, Math.max(expected.trace.length, actual.trace.length) - 1);
  for (let index = Math.max(0, at - NEIGHBOURS); index <= last; index++) {
    rows.push(row(`${index}`, showEntry(expected.trace[index]), showEntry(actual.trace[index])));
  }
  rows.push(row("end", expected.end, actual.end));
  for (const name of Object.keys({ ...expected.finals, ...actual.finals }).sort()) {
    rows.push(row(name, expected.finals[name], actual.finals[name]));
  }
  return [
    `Program ${program.seed} differs at ${where}`,
    "",
    printProgram(program),
    "",
    ...columns([" ", "", "CPython", "here"], ...rows),
  ].join("\n");
}

function showEntry(entry: TraceEntry | undefined): string | undefined {
  return entry && `${entry[0]} ms  ${entry[1]}  ${entry[2]}`;
}

type Row = readonly [mark: string, name: string, expected: string, actual: string];

function row(name: string, expected = "(nothing)", actual = "(nothing)"): Row {
  return [expected === actual ? " " : ">", name, expected, actual];
}

function columns(...rows: Row[]): string[] {
  const width = (column: 1 | 2): number => Math.max(...rows.map((cells) => cells[column].length));
  const [names, expecteds] = [width(1), width(2)];
  return rows.map(([mark, name, expected, actual]) =>
    `${mark} ${name.padStart(names)}  ${expected.padEnd(expecteds)}  ${actual}`.trimEnd(),
  );
}
