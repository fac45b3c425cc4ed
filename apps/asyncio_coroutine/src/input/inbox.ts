/**
 * Inbox: keys that have come and were not taken yet. Events of the host put them in, coroutines take them out.
 *
 * Whoever waits parks a future of its own: a cancelled wait cancels that future and no other, and takes no key with it. (One future for
 * all would be cancelled for all.)
 */
import type { Future } from "@async/futures";
import { getRunningLoop } from "@async/loop";

import type { Inputs } from "./inputs.ts";

export class Inbox implements Inputs {
  readonly #keys: string[] = [];
  #ended = false;
  readonly #waiting = new Set<Future<undefined>>();

  /** Adds a key; may be called from anywhere, also outside of tasks. */
  push(key: string): void {
    this.#keys.push(key);
    this.#changed();
  }

  /** Nothing will follow. What is there can still be taken. */
  end(): void {
    this.#ended = true;
    this.#changed();
  }

  async next(): Promise<string | null> {
    await this.#until(() => this.#keys.length > 0 || this.#ended);
    const key = this.#keys.shift() ?? null;
    this.#changed();
    return key;
  }

  /** Resolves to true once there is a key, to false if the input has ended without one. */
  async hasInput(): Promise<boolean> {
    await this.#until(() => this.#keys.length > 0 || this.#ended);
    return this.#keys.length > 0;
  }

  /** Resolves once all keys are taken: who reads from a fast source waits for that before reading on. */
  async waitUntilEmpty(): Promise<void> {
    await this.#until(() => this.#keys.length === 0);
  }

  async #until(condition: () => boolean): Promise<void> {
    while (!condition()) {
      const change = getRunningLoop().createFuture<undefined>();
      this.#waiting.add(change);
      try {
        await change;
      } finally {
        this.#waiting.delete(change);
      }
    }
  }

  #changed(): void {
    for (const change of this.#waiting) if (!change.done()) change.setResult(undefined);
  }
}
