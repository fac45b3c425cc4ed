/**
 * SignalHandlers: has a callback called on the loop when the process gets a signal; one callback for each signal.
 *
 * While one is set, the signal's default action (ending the process) is off; removing it brings that back.
 *
 * Source: `add_signal_handler` in Lib/asyncio/unix_events.py.
 */
import os from "node:os";
import process from "node:process";
import { inspect } from "node:util";

import { UsageError } from "@async/futures";

/** The host does not let a process catch these. */
const UNCATCHABLE: ReadonlySet<string> = new Set(["SIGKILL", "SIGSTOP"]);

/** A host timer of this many milliseconds keeps the process alive, whatever it does when it fires. */
const KEEP_ALIVE_INTERVAL = 2 ** 30;

export class SignalHandlers {
  #keepAlive: NodeJS.Timeout | null = null;
  #isWaiting = false;
  readonly #listeners = new Map<NodeJS.Signals, () => void>();

  /** Replaces the former callback of that signal. */
  set(signal: NodeJS.Signals, listener: () => void): void {
    checkSignal(signal);
    if (UNCATCHABLE.has(signal))
      throw new UsageError(`${signal} cannot be caught; choose another signal, such as SIGTERM`);
    this.remove(signal);
    process.on(signal, listener);
    this.#listeners.set(signal, listener);
    this.#hold();
  }

  /** Returns whether there was one. */
  remove(signal: NodeJS.Signals): boolean {
    checkSignal(signal);
    const listener = this.#listeners.get(signal);
    if (listener === undefined) return false;
    process.off(signal, listener);
    this.#listeners.delete(signal);
    this.#hold();
    return true;
  }

  /** The loop runs, or has ended: while it runs, a signal that may come is something to wait for, so the process stays alive. */
  wait(isWaiting: boolean): void {
    this.#isWaiting = isWaiting;
    this.#hold();
  }

  clear(): void {
    for (const signal of [...this.#listeners.keys()]) this.remove(signal);
  }

  #hold(): void {
    const isNeeded = this.#isWaiting && this.#listeners.size > 0;
    if (isNeeded) this.#keepAlive ??= setInterval(() => undefined, KEEP_ALIVE_INTERVAL);
    else if (this.#keepAlive !== null) {
      clearInterval(this.#keepAlive);
      this.#keepAlive = null;
    }
  }
}

function checkSignal(signal: unknown): void {
  if (typeof signal === "string" && signal in os.constants.signals) return;
  throw new UsageError(`There is no signal ${inspect(signal)} here; pass a name such as "SIGTERM"`);
}
