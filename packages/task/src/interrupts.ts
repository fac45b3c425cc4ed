/**
 * Interrupts: while a main task runs, the first SIGINT or SIGTERM cancels it, and a second one ends the process at once.
 *
 * A handler that the program itself has set for the signal, before or meanwhile, has precedence.
 *
 * Source: `Runner.run`, `_on_sigint` in Lib/asyncio/runners.py.
 */
import process from "node:process";

import { InterruptError } from "./interrupt-error.ts";
import { SharedListener } from "./shared-listener.ts";
import type { Task } from "./task.ts";

const SIGNALS = ["SIGINT", "SIGTERM"] as const;
const listeners = new Map(SIGNALS.map((signal) => [signal, new SharedListener<[NodeJS.Signals]>(signal)]));
const { setImmediate } = globalThis;

export class Interrupts {
  /** The first signal that came. */
  received: InterruptError | null = null;
  readonly #main: Task | null;
  readonly #taken: SharedListener<[NodeJS.Signals]>[] = [];

  /** @param main - cancelled by the first signal; null: it has ended, and the first signal ends the process */
  constructor(main: Task | null) {
    this.#main = main;
    for (const listener of listeners.values()) {
      if (listener.hasCompany()) continue;
      listener.add(this.#onSignal);
      this.#taken.push(listener);
    }
  }

  restore(): void {
    for (const listener of this.#taken) listener.delete(this.#onSignal);
  }

  readonly #onSignal = (signal: NodeJS.Signals): void => {
    // Somebody else listens meanwhile: `loop.addSignalHandler` in the program itself.
    if (listeners.get(signal as "SIGINT")?.hasCompany() === true) return;
    if (this.received === null && this.#main?.done() === false) {
      this.received = new InterruptError(signal);
      this.#main.cancel();
    } else process.exit(new InterruptError(signal).exitCode);
  };
}

const uncaught = new Set<InterruptError>();

/**
 * Has the process exit as a shell expects of an interrupted program, without a stack, unless the program catches the error. Called right
 * before it is thrown.
 */
export function exitQuietlyIfUncaught(interrupt: InterruptError): void {
  if (uncaught.size === 0) process.on("uncaughtException", onUncaught);
  uncaught.add(interrupt);
  // An error that nobody catches surfaces before the host gets to its immediates.
  setImmediate(() => {
    uncaught.delete(interrupt);
    if (uncaught.size === 0) process.off("uncaughtException", onUncaught);
  });
}

function onUncaught(error: unknown): void {
  // Somebody else looks after uncaught errors.
  if (process.listenerCount("uncaughtException") > 1) return;
  if (error instanceof InterruptError && uncaught.has(error)) process.exit(error.exitCode);
  console.error(error);
  process.exit(1);
}
