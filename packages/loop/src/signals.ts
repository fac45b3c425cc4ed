/**
 * SignalHandlers: has a callback called on the loop when the process gets a signal; one callback for each signal.
 *
 * While one is set, the signal's default action (ending the process) is off; removing it brings that back.
 *
 * Source: `add_signal_handler` in Lib/asyncio/unix_events.py.
 */
import os from "node:os";
import process from "node:process";

import { UsageError } from "@async/futures";

/** The host does not let a process catch these. */
const UNCATCHABLE: ReadonlySet<string> = new Set(["SIGKILL", "SIGSTOP"]);

export class SignalHandlers {
  readonly #listeners = new Map<NodeJS.Signals, () => void>();

  /** Replaces the former callback of that signal. */
  set(signal: NodeJS.Signals, listener: () => void): void {
    checkSignal(signal);
    if (UNCATCHABLE.has(signal))
      throw new UsageError(`${signal} cannot be caught; choose another signal, such as SIGTERM`);
    this.remove(signal);
    process.on(signal, listener);
    this.#listeners.set(signal, listener);
  }

  /** Returns whether there was one. */
  remove(signal: NodeJS.Signals): boolean {
    checkSignal(signal);
    const listener = this.#listeners.get(signal);
    if (listener === undefined) return false;
    process.off(signal, listener);
    return this.#listeners.delete(signal);
  }

  clear(): void {
    for (const signal of [...this.#listeners.keys()]) this.remove(signal);
  }
}

function checkSignal(signal: unknown): void {
  if (typeof signal === "string" && signal in os.constants.signals) return;
  throw new UsageError(`There is no signal ${JSON.stringify(signal)} here; pass a name such as "SIGTERM"`);
}
