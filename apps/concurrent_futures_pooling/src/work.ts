/** The worker functions: what runs in the threads and processes. How to submit them: `in-workers.ts`. */
import process from "node:process";
import { setTimeout as pause } from "node:timers/promises";

import { currentCall } from "@async/pool/worker";

import { NotReal } from "./not-real.ts";
import { type Parcel, upload } from "./upload.ts";

// The two jobs

export { evaluate } from "./evaluate.ts";

export function uploadParcel(parcel: Parcel): Promise<number> {
  return upload(parcel, currentCall().signal);
}

// Results, exceptions, time

export function square(number: number): number {
  return number * number;
}

/** @throws NotReal below zero. */
export function squareRoot(number: number): number {
  if (number < 0) throw new NotReal(number);
  return Math.sqrt(number);
}

/** Waits, without a look at the signal. */
export async function nap(milliseconds: number): Promise<string> {
  await pause(milliseconds);
  return `slept ${milliseconds} ms`;
}

// Calls that have to be stopped. Each reports that it has begun.

let lastNote = "nothing";

/** Goes on until it is told to stop, and then puts its tools away. */
export async function countUntilTold(): Promise<number> {
  const call = currentCall();
  call.progress("begun");
  for (let count = 0; ; count += 1) {
    if (call.signal.aborted) {
      lastNote = `I was told: ${(call.signal.reason as Error).message}`;
      return count;
    }
    await pause(1);
  }
}

/** Returns what the call before has left in the memory of this worker. */
export function readNote(): string {
  return lastNote;
}

/** Hears nothing and never ends. */
export function countForEver(): never {
  currentCall().progress("begun");
  for (;;);
}

// Workers that die

export function exit(code: number): never {
  process.exit(code);
}

/** In a process; a thread would end the program with it. */
export function killProcess(): void {
  process.kill(process.pid, "SIGKILL");
}
