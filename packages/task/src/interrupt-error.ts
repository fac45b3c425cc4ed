/**
 * InterruptError: a signal asked the program to end. It comes out of `run`, and out of a task group bare.
 *
 * Python: `KeyboardInterrupt`.
 */
import os from "node:os";

import { brand } from "@async/futures/port";

export class InterruptError extends Error {
  static {
    brand(this, "InterruptError");
  }
  readonly code = "ERR_INTERRUPTED";
  readonly signal: NodeJS.Signals;

  constructor(signal: NodeJS.Signals = "SIGINT") {
    super(`interrupted by ${signal}`);
    this.signal = signal;
  }

  /** What a shell shows for a program that the signal ended: 130 for SIGINT, 143 for SIGTERM. */
  get exitCode(): number {
    return 128 + os.constants.signals[this.signal];
  }
}
