/**
 * Lanes: a column of signs for each task that is alive, so that one sees at a glance whose turn it is.
 *
 *     ● │ │    the first of three tasks speaks
 *     │ │ ●    the third
 *     │   ●    the second has ended; its lane is free for the next
 */
import { styleText } from "node:util";

const colours = ["cyan", "magenta", "yellow", "blue", "green"] as const;

export class Lanes {
  readonly #holders: (object | null)[] = [];

  /** Gives the holder the first lane that is free. */
  enter(holder: object): void {
    const free = this.#holders.indexOf(null);
    this.#holders[free === -1 ? this.#holders.length : free] = holder;
  }

  leave(holder: object): void {
    const lane = this.#holders.indexOf(holder);
    if (lane !== -1) this.#holders[lane] = null;
  }

  /** Returns all lanes side by side, with the sign in that of the speaker. */
  draw(speaker: object | null = null, sign = "●"): string {
    return this.#holders
      .map((holder, lane) => {
        if (holder === null) return " ";
        const shown = holder === speaker ? sign : styleText("dim", "│");
        return styleText(colours[lane % colours.length]!, shown);
      })
      .join(" ");
  }

  /** How many columns `draw` takes. */
  get width(): number {
    return Math.max(0, this.#holders.length * 2 - 1);
  }
}
