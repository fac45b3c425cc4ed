/**
 * Desk: what a state may use of the world: ask for a key, show something, and know how fast time passes.
 *
 * The deadline of a question is a `timeout`: when it passes, whatever waits for the key is cancelled, down to the future in the inbox, and
 * a key pressed later is there for the next state.
 */
import { TimeoutError } from "@async/futures";
import { getRunningLoop } from "@async/loop";
import { timeout } from "@async/task";

import type { Inputs } from "./input/inputs.ts";
import type { Journal } from "./journal.ts";

/** In place of a key: nobody chose one in time. */
export const TIME_IS_UP = Symbol("time is up");

/** What a state wants to know. */
export interface Question<K extends string> {
  readonly about: string;
  /** The keys that mean something here, with what they mean. */
  readonly keys: Readonly<Record<K, string>>;
  /** Milliseconds at speed 1. */
  readonly limit: number;
  /** A state that waits for you has nothing to wait for once the input has ended; one that waits for time does. */
  readonly waitsFor: "you" | "time";
}

export class Desk {
  readonly #inputs: Inputs;
  readonly #journal: Journal;
  readonly #speed: number;

  /** @param speed - how many times faster than real the launch goes */
  constructor(inputs: Inputs, journal: Journal, speed: number) {
    this.#inputs = inputs;
    this.#journal = journal;
    this.#speed = speed;
  }

  /** Resolves to a key that means something, or to TIME_IS_UP at the end of the limit; of the input, for what waits for you. */
  async choose<K extends string>(question: Question<K>): Promise<K | typeof TIME_IS_UP> {
    this.say(`${question.about}  ${hints(question.keys)}`);
    try {
      return await timeout(this.scaled(question.limit), () => this.#nextMeaningful(question));
    } catch (error) {
      // Only our own deadline: a cancellation from outside is another error, and goes on.
      if (error instanceof TimeoutError) return TIME_IS_UP;
      throw error;
    }
  }

  /** Returns the milliseconds that this duration takes at our speed. */
  scaled(duration: number): number {
    return duration / this.#speed;
  }

  say(text: string): void {
    this.#journal.say(text);
  }

  progress(text: string): void {
    this.#journal.progress(text);
  }

  async #nextMeaningful<K extends string>({ keys, waitsFor }: Question<K>): Promise<K | typeof TIME_IS_UP> {
    for (;;) {
      const input = await this.#inputs.next();
      if (input === null) {
        if (waitsFor === "you") return TIME_IS_UP;
        // Nothing will ever set this future: only the deadline, or a cancellation, ends the wait.
        await getRunningLoop().createFuture();
        continue;
      }
      this.#journal.tookKey();
      if (Object.hasOwn(keys, input)) return input as K;
      this.#journal.ignoredKey(input);
    }
  }
}

function hints(keys: Readonly<Record<string, string>>): string {
  return Object.entries(keys)
    .map(([key, meaning]) => `[${key}] ${meaning}`)
    .join("  ");
}
