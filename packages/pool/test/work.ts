/**
 * Worker functions for the tests of the pools. It imports nothing of ours, so that workers start quickly, and so that the pools are also tested
 * where nobody asks for `currentCall`; for that there is `call-work.ts`.
 */
import { appendFileSync } from "node:fs";
import process from "node:process";
import { setTimeout as pause } from "node:timers/promises";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import workerThreads, { threadId } from "node:worker_threads";

// Plain calls

export function identity<T>(value: T): T {
  return value;
}

export function add(a: number, b: number): number {
  return a + b;
}

export async function double(value: number): Promise<number> {
  return 2 * value;
}

/** Occupies the processor for so many milliseconds. */
export function spin(milliseconds: number): number {
  const end = performance.now() + milliseconds;
  while (performance.now() < end);
  return milliseconds;
}

/** Quick, unless it is told to last for ever. */
export function spinIf(isEndless: boolean): number {
  while (isEndless);
  return 1;
}

/** Quick, unless it is told to end its worker. */
export function exitIf(isDeadly: boolean): number {
  if (isDeadly) process.exit(3);
  return 1;
}

export function spinForEver(): never {
  for (;;);
}

export function sum(numbers: Float64Array): number {
  return numbers.reduce((total, number) => total + number, 0);
}

// The worker

export interface Identity {
  readonly pid: number;
  readonly threadId: number;
  readonly name: string;
}

/** Who runs this call, which takes so many milliseconds. */
export async function whoAmI(milliseconds = 0): Promise<Identity> {
  if (milliseconds > 0) await pause(milliseconds);
  const isProcess = process.send !== undefined && threadId === 0;
  return { pid: process.pid, threadId, name: isProcess ? process.title : (workerThreads.threadName ?? "") };
}

/** As a text, so that it can be counted. */
export async function nameAfter(milliseconds: number): Promise<string> {
  await pause(milliseconds);
  return `${process.pid}/${threadId}`;
}

export function readEnvironment(name: string): string | undefined {
  return process.env[name];
}

export function readExecArgv(): string[] {
  return process.execArgv;
}

export function exit(code: number): never {
  process.exit(code);
}

/** Ends its worker, whatever it is given. */
export function exitOn(cause: unknown): never {
  process.exit(cause === undefined ? 0 : 1);
}

/** Ends its worker as soon as that has said that it is ready. */
export function exitAtOnce(): void {
  setImmediate(() => process.exit(1));
}

export function exitSoon(): void {
  setTimeout(() => process.exit(0), 1);
}

export function throwLater(message: string): void {
  setTimeout(() => {
    throw new Error(message);
  }, 1);
}

/** Notes in a file that it was called, and returns a text of that length. */
export function noteIn(file: string, call: string, length: number): string {
  appendFileSync(file, `${call}\n`);
  return "x".repeat(length);
}

// Initializers

const notes: string[] = [];

export function note(text: string): void {
  notes.push(text);
}

export async function noteLater(text: string): Promise<void> {
  await pause(5);
  notes.push(text);
}

export function readNotes(): readonly string[] {
  return notes;
}

export function failToStart(message: string): never {
  throw new RangeError(message);
}

let ticks = 0;

/** Takes a millisecond and is counted; null fails. */
export function tick(value: number | null): number {
  if (value === null) throw new RangeError("null");
  ticks += 1;
  return spin(1);
}

export function readTicks(): number {
  return ticks;
}

// Errors

export function fail(message: string): never {
  throw new RangeError(message);
}

export function throwValue(value: unknown): never {
  throw value;
}

export function failWithCauses(): never {
  const root = Object.assign(new Error("root"), { code: "E_ROOT" });
  throw new TypeError("top", { cause: new RangeError("middle", { cause: root }) });
}

export function failWithProperties(): never {
  throw Object.assign(new Error("no"), { code: "E_NO", attempts: 3, when: new Date(0), skip: () => {} });
}

export function failTogether(): never {
  throw new AggregateError([new RangeError("first"), "second", new TypeError("third")], "several");
}

export function failWithUnknownClass(): never {
  class Unheard extends TypeError {
    override name = "Unheard";
  }
  throw new Unheard("of");
}

export function failInCircle(): never {
  const error: Error & { again?: unknown } = new Error("round");
  error.cause = error;
  error.again = error;
  throw error;
}

export function abortByItself(): never {
  throw new DOMException("enough", "AbortError");
}

export function returnFunction(): () => void {
  return () => {};
}

/** The size is in the message, so that the error alone is big. */
export function failAtLength(length: number): never {
  throw new Error("x".repeat(length));
}

// Data

/** What the worker sees of a value: its class and its text. */
export function describe(value: unknown): string {
  return `${Object.prototype.toString.call(value)} ${String(value)}`;
}

export function increment(shared: SharedArrayBuffer): number {
  return Atomics.add(new Int32Array(shared), 0, 1);
}

export function byteLength(buffer: ArrayBuffer): number {
  return buffer.byteLength;
}

export function byteLengthAfter(buffer: ArrayBuffer, milliseconds: number): number {
  spin(milliseconds);
  return buffer.byteLength;
}

export function makeArray(length: number): Uint8Array {
  return new Uint8Array(length).fill(7);
}

/** Changes what it was given: the submitter, and other calls, must not see it. */
export function grow(list: number[]): number {
  return list.push(0);
}

// Memory

setFlagsFromString("--expose-gc");
const collectGarbage = runInNewContext("gc") as () => void;
let weak: WeakRef<object> | null = null;

/** Takes something big, gives something big, and remembers both weakly. */
export function handOver(value: object): object {
  weak = new WeakRef(value);
  return { big: new Uint8Array(1_000_000) };
}

/** Whether the worker has let go of what an earlier call was given. */
export async function isForgotten(): Promise<boolean> {
  for (let round = 0; round < 20; round += 1) {
    await pause(1); // What was looked at lives to the end of the turn.
    collectGarbage();
    if (weak?.deref() === undefined) return true;
  }
  return false;
}

export const notAFunction = 42;
