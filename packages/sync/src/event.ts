/**
 * Event: a flag that tasks wait for. Setting it wakes all who wait, and until it is cleared nobody waits.
 *
 * Those who were woken by `set` go on even if `clear` comes before their turn: the event did happen.
 *
 * Python: `asyncio.Event`. Source: Lib/asyncio/locks.py.
 */
import { inspect } from "node:util";

import { Waiters, type Waiting } from "./waiters.ts";

export interface EventStatistics {
  readonly isSet: boolean;
  /** Those who wait for it, the first to come first. */
  readonly waiters: readonly Waiting[];
}

export class Event {
  #isSet = false;
  readonly #waiters = new Waiters(this, "wait");

  isSet(): boolean {
    return this.#isSet;
  }

  /** Sets the flag and wakes all who wait, in the order in which they came. */
  set(): void {
    if (this.#isSet) return;
    this.#isSet = true;
    this.#waiters.wakeAll();
  }

  /** Takes the flag back: who comes now waits for the next `set`. */
  clear(): void {
    this.#isSet = false;
  }

  /**
   * Resolves to true once the flag is set; at once, without a turn of the loop, if it is.
   *
   * @throws UsageError if it has to wait on another loop than others did before.
   *
   * @example
   * ```ts
   * import { Event } from "@async/sync";
   *
   * const ready = new Event();
   * setTimeout(() => ready.set(), 1);
   * console.log(await ready.wait()); // true
   * ```
   */
  wait(): Promise<true> {
    return this.#isSet ? Promise.resolve(true) : this.#waitInTurn();
  }

  statistics(): EventStatistics {
    return Object.freeze({ isSet: this.#isSet, waiters: this.#waiters.statistics() });
  }

  toString(): string {
    const { isSet, waiters } = this.statistics();
    return `<Event ${isSet ? "set" : "unset"}${waiters.length > 0 ? ` waiters=${waiters.length}` : ""}>`;
  }

  [inspect.custom](): string {
    return this.toString();
  }

  async #waitInTurn(): Promise<true> {
    const turn = this.#waiters.park();
    try {
      await turn;
    } finally {
      // Nothing to pass on: `set` has woken everybody.
      this.#waiters.leave(turn);
    }
    return true;
  }
}
