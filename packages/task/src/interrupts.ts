/**
 * Interrupts: while a main task runs, the first SIGINT or SIGTERM cancels it, and a second one ends the process at once.
 *
 * A handler that the program itself has set for the signal, before or meanwhile, has precedence.
 *
 * Source: `Runner.run`, `_on_sigint` in Lib/asyncio/runners.py.
 */
import process from "node:process";

import { InterruptError } from "./interrupt-error.ts";
import type { Task } from "./task.ts";

const SIGNALS = ["SIGINT", "SIGTERM"] as const;
const { setImmediate } = globalThis;

export class Interrupts {
  /** The first signal that came. */
  received: InterruptError | null = null;
  readonly #main: Task;
  readonly #listeners = new Map<NodeJS.Signals, () => void>();

  constructor(main: Task) {
    this.#main = main;
    for (const signal of SIGNALS) {
      if (process.listenerCount(signal) > 0) continue;
      const listener = (): void => {
        this.#onSignal(signal);
      };
      process.on(signal, listener);
      this.#listeners.set(signal, listener);
    }
  }

  restore(): void {
    for (const [signal, listener] of this.#listeners) process.off(signal, listener);
    this.#listeners.clear();
  }

  #onSignal(signal: NodeJS.Signals): void {
    // Somebody else listens too: `loop.addSignalHandler` in the program itself.
    if (process.listenerCount(signal) > 1) return;
    if (this.received === null && !this.#main.done()) {
      this.received = new InterruptError(signal);
      this.#main.cancel();
    } else process.exit(new InterruptError(signal).exitCode);
  }
}

/**
 * Has the process exit as a shell expects of an interrupted program, without a stack, unless the program catches the error. Called right
 * before it is thrown.
 */
export function exitQuietlyIfUncaught(interrupt: InterruptError): void {
  const onUncaught = (error: unknown): void => {
    // Somebody else looks after uncaught errors.
    if (process.listenerCount("uncaughtException") > 1) return;
    if (error === interrupt) process.exit(interrupt.exitCode);
    console.error(error);
    process.exit(1);
  };
  process.on("uncaughtException", onUncaught);
  // An error that nobody catches surfaces before the host gets to its immediates.
  setImmediate(() => {
    setImmediate(() => process.off("uncaughtException", onUncaught));
  });
}
