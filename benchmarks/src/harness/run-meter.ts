/** RunMeter: the clock of one run. */
import process from "node:process";

import type { Meter } from "./benchmark.ts";
import type { Run } from "./rival.ts";

export class RunMeter implements Meter {
  #started = process.hrtime.bigint();
  #stopped: bigint | null = null;
  #recorded: number | null = null;

  start(): void {
    this.#started = process.hrtime.bigint();
  }

  stop(): void {
    this.#stopped = process.hrtime.bigint();
  }

  record(value: number): void {
    this.#recorded = value;
  }

  /** The work is over: returns what it gave. */
  runOf(done: number): Run {
    const ended = this.#stopped ?? process.hrtime.bigint();
    const value = this.#recorded ?? Number(ended - this.#started);
    return { done, value, recorded: this.#recorded !== null };
  }
}
