/**
 * Page: what the reader sees. Lines, and between them the marks of all that goes on meanwhile, on a line of their own.
 *
 * Everybody writes to the same page: the line that is open is ended before another one begins, so nobody writes into another's text.
 */
import { styleText } from "node:util";

type Style = Parameters<typeof styleText>[0];

/** Columns after which marks go on in the next line. */
const WIDTH = 76;
const INDENT = " ".repeat(10);

export class Page {
  readonly #write: (text: string) => void;
  /** Where the open line of marks ends; 0 when none is open. */
  #column = 0;

  constructor(write: (text: string) => void) {
    this.#write = write;
  }

  /** Writes a line of its own, from the left edge. */
  heading(text: string): void {
    this.#endMarks();
    this.#write(`${text}\n`);
  }

  /** Writes a line of its own, under the times. */
  line(text: string): void {
    this.heading(INDENT + text);
  }

  /** Appends something small to the line of marks. */
  mark(text: string, style: Style): void {
    if (this.#column + 1 + text.length > WIDTH) this.#endMarks();
    const lead = this.#column === 0 ? INDENT : " ";
    this.#write(lead + styleText(style, text));
    this.#column += lead.length + text.length;
  }

  #endMarks(): void {
    if (this.#column > 0) this.#write("\n");
    this.#column = 0;
  }
}
