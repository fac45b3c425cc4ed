/**
 * SharedListener: one listener on the process for an event, however many programs run side by side. Node takes an eleventh for a leak.
 */
import process from "node:process";

export class SharedListener<A extends unknown[]> {
  readonly #event: string;
  readonly #callbacks = new Set<(...args: A) => void>();

  constructor(event: string) {
    this.#event = event;
  }

  add(callback: (...args: A) => void): void {
    if (this.#callbacks.size === 0) process.on(this.#event, this.#onEvent);
    this.#callbacks.add(callback);
  }

  delete(callback: (...args: A) => void): void {
    if (this.#callbacks.delete(callback) && this.#callbacks.size === 0)
      process.off(this.#event, this.#onEvent);
  }

  /** Whether the program itself, or another library, listens too. */
  hasCompany(): boolean {
    return process.listenerCount(this.#event) > (this.#callbacks.size > 0 ? 1 : 0);
  }

  readonly #onEvent = (...args: A): void => {
    for (const callback of [...this.#callbacks]) callback(...args);
  };
}
