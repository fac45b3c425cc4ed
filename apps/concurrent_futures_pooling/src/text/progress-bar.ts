/**
 * ProgressBar: how much of a job is done.
 *
 *     2 threads             ████████████████░░░░░░░░   7 of 10
 *
 * On a terminal it is drawn over and over. Elsewhere, in a file or a pipe, it is one line, written at the end, without control characters.
 */
import { styleText } from "node:util";

import { createLogUpdate } from "log-update";

/** What a page is written to: `process.stdout`, for one. */
export type Terminal = NodeJS.WritableStream & { readonly isTTY?: boolean; readonly columns?: number };

const WIDTH = 24;

export class ProgressBar implements Disposable {
  readonly #terminal: Terminal;
  readonly #label: string;
  readonly #total: number;
  readonly #live: ReturnType<typeof createLogUpdate> | null;
  #done = 0;

  constructor(terminal: Terminal, label: string, total: number) {
    this.#terminal = terminal;
    this.#label = label;
    this.#total = total;
    // To hide the cursor, it would listen to signals by which the cursor returns; then Ctrl+C would no longer be a matter of `run` alone.
    this.#live = terminal.isTTY === true ? createLogUpdate(terminal, { showCursor: true }) : null;
    this.#live?.(this.#draw());
  }

  advance(): void {
    this.#done += 1;
    this.#live?.(this.#draw());
  }

  /** Writes the bar for the last time, with a note behind it. */
  end(note: string): void {
    const line = `${this.#draw()}  ${note}`;
    if (this.#live === null) this.#terminal.write(`${line}\n`);
    else this.#live(line);
  }

  /** Leaves the bar as it is. */
  [Symbol.dispose](): void {
    this.#live?.done();
  }

  #draw(): string {
    const filled = Math.floor((WIDTH * this.#done) / this.#total);
    const bar = styleText("green", "█".repeat(filled)) + styleText("dim", "░".repeat(WIDTH - filled));
    const total = String(this.#total);
    return `${this.#label}  ${bar}  ${String(this.#done).padStart(total.length)} of ${total}`;
  }
}
