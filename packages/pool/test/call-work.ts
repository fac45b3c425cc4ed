/** Worker functions that ask for the call that they run in, or use what else `@async/pool/worker` offers. */
import { setTimeout as pause } from "node:timers/promises";

import { currentCall } from "../src/worker.ts";
import { OutOfPaper } from "./out-of-paper.ts";
import { makeUnsendable } from "./unsendable.ts";

export { identity, nameAfter } from "./work.ts";

/** Stops when it is told, and says why. */
export async function work(): Promise<never> {
  const { signal } = currentCall();
  await new Promise((resolve) => signal.addEventListener("abort", resolve, { once: true }));
  throw signal.reason;
}

/** Hears the signal, but ends when it likes. */
export async function stopLate(milliseconds: number): Promise<string> {
  const { signal } = currentCall();
  await new Promise((resolve) => signal.addEventListener("abort", resolve, { once: true }));
  await pause(milliseconds);
  return "late";
}

/** Where the next call can read how the last one ended. */
let lastReason = "none";

export async function noteReason(): Promise<void> {
  const { signal } = currentCall();
  await new Promise((resolve) => signal.addEventListener("abort", resolve, { once: true }));
  lastReason = `${(signal.reason as Error).name}: ${(signal.reason as Error).message}`;
}

export function readLastReason(): string {
  return lastReason;
}

export async function countTo(limit: number): Promise<string> {
  const call = currentCall();
  for (let count = 1; count <= limit; count += 1) {
    call.progress(count);
    await pause(0);
  }
  return "counted";
}

/** Reports when its call is long over. */
export function progressTooLate(): void {
  const call = currentCall();
  setTimeout(() => call.progress("too late"), 5);
}

export function progressUnsendable(): void {
  currentCall().progress(() => {});
}

export function progressWith(name: string): void {
  currentCall().progress(makeUnsendable(name));
}

export async function callIds(): Promise<[number, number, boolean]> {
  const { id } = currentCall();
  await pause(1);
  const call = currentCall();
  return [id, call.id, call === currentCall()];
}

export function failWithClass(): never {
  throw new OutOfPaper(7);
}
