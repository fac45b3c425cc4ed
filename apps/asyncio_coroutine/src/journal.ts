/** Journal: what happened in a launch, told on the page while it happens, and counted for the summary. */
import { styleText } from "node:util";

import { getRunningLoop } from "@async/loop";
import { allTasks, currentTask } from "@async/task";

import type { Page } from "./page.ts";
import type { Pulse } from "./pulse.ts";

export class Journal {
  /** The names of the states, in the order in which they were entered. */
  readonly path: string[] = [];
  readonly #page: Page;
  readonly #start = getRunningLoop().time();
  #keysRead = 0;
  #keysIgnored = 0;

  constructor(page: Page) {
    this.#page = page;
  }

  entered(state: string, from: string | null, because: string): void {
    this.path.push(state);
    const seconds = (getRunningLoop().time() - this.#start) / 1000;
    const time = styleText("gray", `${seconds.toFixed(2).padStart(6)} s`);
    const arrow = from === null ? "" : `${from} ─ ${because} ─► `;
    this.#page.heading(`${time}  ${arrow}${styleText("bold", state)}`);
  }

  say(text: string): void {
    this.#page.line(text);
  }

  /** Shows how far the work of a state has come. */
  progress(text: string): void {
    this.#page.mark(text, "cyan");
  }

  tookKey(): void {
    this.#keysRead += 1;
  }

  ignoredKey(key: string): void {
    this.#keysIgnored += 1;
    this.#page.mark(`${key}?`, "yellow");
  }

  interrupted(): void {
    this.#page.line(`Interrupted in state ${this.path.at(-1) ?? "none"}: everything is made safe.`);
  }

  /** Says what happened, what went on meanwhile, and what is left. */
  summarise(pulses: readonly Pulse[]): void {
    const others = allTasks().size - (currentTask() === null ? 0 : 1);
    this.#page.heading("");
    this.#row("Path", this.path.join(" → "));
    this.#row("Keys", `${this.#keysRead} read, ${this.#keysIgnored} of them without a meaning`);
    for (const { name, beats, interval, largestDelay } of pulses) {
      this.#row(name, `${beats} × ${interval} ms, at most ${largestDelay.toFixed(0)} ms late`);
    }
    this.#row("Tasks left", String(others));
  }

  #row(title: string, text: string): void {
    this.#page.heading(`${styleText("bold", title.padEnd(10))}  ${text}`);
  }
}
