/** Page: what the reader sees: titles, sentences, code with what came of it, progress bars and tables. */
import { styleText } from "node:util";

import Table from "cli-table3";
import wrapAnsi from "wrap-ansi";

import { ProgressBar, type Terminal } from "./progress-bar.ts";

const INDENT = "   ";
/** Where the outcome of a line of code begins, if it fits there. */
const CODE_WIDTH = 48;
/** Narrower, and no bar fits beside its label; wider, and the eye loses the line. */
const [LEAST, MOST] = [60, 110];

export class Page {
  readonly #terminal: Terminal;

  constructor(terminal: Terminal) {
    this.#terminal = terminal;
  }

  /** The columns of the text, without the margin. */
  get width(): number {
    const columns = this.#terminal.columns ?? 100;
    return Math.min(MOST, Math.max(LEAST, columns)) - INDENT.length;
  }

  title(text: string): void {
    this.#terminal.write(`${styleText("bold", text)}\n\n`);
  }

  /** Writes a paragraph, broken into lines, with an empty line behind it. */
  say(text: string): void {
    this.lines(wrapAnsi(text, this.width));
    this.line("");
  }

  line(text: string): void {
    this.#terminal.write(text === "" ? "\n" : `${INDENT}${text}\n`);
  }

  lines(text: string): void {
    for (const line of text.split("\n")) this.line(line);
  }

  /** Writes a line of code and what came of it, which stands below it if it is long. */
  code(code: string, outcome: string): void {
    const shown = styleText("cyan", code.padEnd(CODE_WIDTH));
    if (code.length <= CODE_WIDTH && CODE_WIDTH + 2 + outcome.length <= this.width) {
      this.line(`${shown}  ${outcome}`);
      return;
    }
    this.line(styleText("cyan", code));
    for (const line of wrapAnsi(outcome, this.width - 4).split("\n")) this.line(`    ${line}`);
  }

  /** Begins a progress bar, on a line of its own until it is disposed of. */
  progressBar(label: string, total: number): ProgressBar {
    return new ProgressBar(this.#terminal, `${INDENT}${label}`, total);
  }

  /** Writes a table; all columns but the first stand on the right. */
  table(head: readonly string[], rows: readonly (readonly string[])[]): void {
    const table = new Table({
      head: head.map((name) => styleText("bold", name)),
      colAligns: head.map((_, column) => (column === 0 ? "left" : "right")),
      // Its own colours do not ask whether anybody sees them; ours do.
      style: { head: [], border: [], compact: true },
    });
    for (const row of rows) table.push([...row]);
    this.lines(table.toString());
    this.line("");
  }
}
