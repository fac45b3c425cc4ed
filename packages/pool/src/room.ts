/**
 * Room: how many calls may be under way, and who waits for a place: first come, first served.
 *
 *     pending (under way) + kept + open (granted by `ready`) <= most
 *
 * A place that `ready` grants is kept until the one who waited goes on. Then it is open to whoever submits next, and that is the one who waited, until
 * no microtask is left; if it was not used by then, it goes to the next in line. A map takes its places itself when its turn comes, all that it can fill.
 */
import { Future } from "@async/futures";

import { afterTick } from "./host.ts";

export class Room {
  readonly #most: number;
  #pending = 0;
  #kept = 0;
  #open = 0;
  #willLapse = false;
  /** Those who wait, by ticket: who leaves the line leaves nothing behind. */
  readonly #line = new Map<number, () => void>();
  #firstTicket = 0;
  #nextTicket = 0;

  /** @param most - calls that may be under way */
  constructor(most: number) {
    this.#most = most;
  }

  /** Calls under way. */
  get pending(): number {
    return this.#pending;
  }

  /** How many places are nobody's. If there is one, nobody waits. */
  get left(): number {
    return this.#most - this.#pending - this.#kept - this.#open;
  }

  /** Takes a place for a call; false if there is none. */
  take(): boolean {
    if (this.#pending + this.#kept >= this.#most) return false;
    this.#pending += 1;
    if (this.#open > 0) this.#open -= 1;
    return true;
  }

  /** Counts calls that were let in. */
  add(calls: number): void {
    this.#pending += calls;
  }

  /** Gives the places of so many calls back. */
  free(calls: number): void {
    this.#pending -= calls;
    if (this.#line.size > 0) this.#grant();
  }

  /**
   * Resolves once a place is kept for the caller.
   *
   * @param admit - throws if there is nothing to wait for, or no longer
   */
  async ready(admit: () => void): Promise<void> {
    admit();
    if (this.#most === Infinity) return;
    if (this.left > 0 && this.#line.size === 0) this.#kept += 1;
    else {
      await this.#turn();
      admit();
    }
    // The next microtask but this one is that of the caller who awaits.
    void Promise.resolve().then(this.#openOne);
  }

  /** Joins the line: calls back once there is room. Returns a ticket. */
  wait(callback: () => void): number {
    this.#line.set(this.#nextTicket, callback);
    return this.#nextTicket++;
  }

  leave(ticket: number): void {
    this.#line.delete(ticket);
  }

  /** Nobody has to wait any more. */
  dissolve(): void {
    for (const [ticket, callback] of this.#line) {
      this.#line.delete(ticket);
      callback();
    }
  }

  async #turn(): Promise<void> {
    // A future, so that a task that waits here can be cancelled.
    const turn = new Future<undefined>();
    const ticket = this.wait(() => {
      if (turn.cancelled()) return; // It is about to leave.
      this.#kept += 1;
      turn.setResult(undefined);
    });
    try {
      await turn;
    } catch (error) {
      this.leave(ticket);
      if (turn.done() && !turn.cancelled()) {
        // Its turn had come already: the next one gets the place.
        this.#kept -= 1;
        this.#grant();
      }
      throw error;
    }
  }

  readonly #openOne = (): void => {
    this.#kept -= 1;
    this.#open += 1;
    if (this.#willLapse) return;
    this.#willLapse = true;
    afterTick(this.#lapse);
  };

  readonly #lapse = (): void => {
    this.#willLapse = false;
    this.#open = 0;
    this.#grant();
  };

  #grant(): void {
    while (this.left > 0 && this.#line.size > 0) this.#callFirst();
  }

  #callFirst(): void {
    while (!this.#line.has(this.#firstTicket)) this.#firstTicket += 1;
    const callback = this.#line.get(this.#firstTicket)!;
    this.#line.delete(this.#firstTicket);
    callback();
  }
}
