/** Page: what the reader sees: chapters with a title, sentences, code with what it gives, tables. */
import { styleText } from "node:util";

import Table from "cli-table3";

const INDENT = "   ";

export class Page {
  readonly #write: (text: string) => void;

  constructor(write: (text: string) => void) {
    this.#write = write;
  }

  title(text: string): void {
    this.#write(`${styleText("bold", text)}\n\n`);
  }

  /** Writes sentences, as they are, with an empty line behind them. */
  say(...lines: readonly string[]): void {
    for (const line of lines) this.line(line);
    this.line("");
  }

  line(text: string): void {
    this.#write(text === "" ? "\n" : `${INDENT}${text}\n`);
  }

  /** Writes a line of code and what came of it. */
  code(code: string, outcome: string): void {
    this.line(`${styleText("cyan", code.padEnd(46))}  ${outcome}`);
  }

  /** Writes a table; a column of numbers stands on the right. */
  table(head: readonly string[], rows: readonly (readonly (string | number)[])[]): void {
    const table = new Table({
      head: head.map((name) => styleText("bold", name)),
      colAligns: head.map((_, column) => (isNumeric(rows[0]?.[column]) ? "right" : "left")),
      // Its own colours do not ask whether anybody sees them; ours do.
      style: { head: [], border: [], compact: true },
    });
    for (const row of rows) table.push(row.map(String));
    for (const line of table.toString().split("\n")) this.line(line);
    this.line("");
  }
}

function isNumeric(cell: string | number | undefined): boolean {
  return typeof cell === "number" || /^-?[\d.]+( ms)?$/.test(cell ?? "");
}
