/**
 * Narrator: prints what happens in a chapter, a line for each step:
 *
 *        20 ms  ● │ │      factorial   3! = 6
 *        when   whose turn  who         what
 */
import { styleText } from "node:util";

import wrapAnsi from "wrap-ansi";

import type { Outcome } from "../timeline/outcome.ts";
import { Lanes } from "./lanes.ts";
import { outcomeSign } from "./outcome-sign.ts";
import { ruled } from "./ruled.ts";

/** Where the text goes. */
export interface Page {
  /** In columns. */
  readonly width: number;
  print(line: string): void;
}

const TIME_COLUMNS = 8;
/** For the most tasks that are alive at a time. */
const LANES_COLUMNS = 9;
const NAME_COLUMNS = 10;
/** Prose in longer lines is hard to read. */
const PROSE_COLUMNS = 80;

interface Named {
  readonly name: string;
}

export class Narrator {
  readonly #page: Page;
  readonly #lanes = new Lanes();

  constructor(page: Page) {
    this.#page = page;
  }

  open(title: string, about: string): void {
    const { width } = this.#page;
    this.#print("", ruled(title, width), wrapAnsi(about, Math.min(width, PROSE_COLUMNS)), "");
  }

  /** From here on the task has a lane. */
  enter(task: Named): void {
    this.#lanes.enter(task);
  }

  /** The task has ended, and its lane with it. */
  leave(time: number, task: Named, { kind, detail }: Outcome): void {
    const text = detail === "" ? kind : `${kind}: ${detail}`;
    this.#line(time, this.#lanes.draw(task, outcomeSign(kind)), task.name, text);
    this.#lanes.leave(task);
  }

  /** @param speaker - the main task, or one that has a lane */
  say(time: number, speaker: Named | null, text: string): void {
    this.#line(time, this.#lanes.draw(speaker), speaker?.name ?? "", text);
  }

  /** Prints a drawing. */
  show(draw: (width: number) => string): void {
    this.#print("", draw(this.#page.width));
  }

  #line(time: number, lanes: string, name: string, text: string): void {
    const prefix = TIME_COLUMNS + 2 + LANES_COLUMNS + 2 + NAME_COLUMNS + 1;
    const [first = "", ...rest] = wrapAnsi(text, this.#page.width - prefix).split("\n");
    this.#print(this.#columns(`${Math.round(time)} ms`, lanes, name, first));
    for (const more of rest) this.#print(this.#columns("", this.#lanes.draw(), "", more));
  }

  #columns(time: string, lanes: string, name: string, text: string): string {
    const gap = " ".repeat(Math.max(0, LANES_COLUMNS - this.#lanes.width));
    const when = styleText("dim", time.padStart(TIME_COLUMNS));
    return `${when}  ${lanes}${gap}  ${styleText("bold", name.padEnd(NAME_COLUMNS))} ${text}`.trimEnd();
  }

  #print(...lines: string[]): void {
    for (const line of lines) this.#page.print(line);
  }
}
