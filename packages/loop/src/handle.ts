/**
 * Handle, TimerHandle: a callback that a loop will run, and the means to prevent it.
 *
 * It runs in the async context of whoever scheduled it, with no current task. Cancelled, it drops callback, arguments and context at once,
 * and is skipped when its turn comes.
 *
 * Python: `asyncio.Handle`, `asyncio.TimerHandle`. Source: Lib/asyncio/events.py.
 */
import { inspect } from "node:util";

import type { ExceptionContext } from "@async/futures";
import type { Awaiter, CallbackContext, Job } from "@async/futures/port";

import { NOT_SET, type Timer } from "./timer-heap.ts";

export type Callback = (...args: never[]) => unknown;

/** What a handle needs of its loop. */
export interface HandleOwner {
  readonly debug: boolean;
  readonly bystander: Awaiter;
  callExceptionHandler(context: ExceptionContext): void;
  noteCancelledTimer(timer: Timer): void;
}

export class Handle implements Job {
  next: Job | null = null;
  #callback: Callback | null;
  #args: readonly unknown[];
  #context: CallbackContext | null;
  protected readonly loop: HandleOwner;
  readonly #createdAt: string | undefined;

  /** Made by `loop.callSoon`. A handle without context is one of our own: its callback neither throws nor wakes user code by itself. */
  constructor(
    loop: HandleOwner,
    callback: Callback,
    args: readonly unknown[],
    context: CallbackContext | null,
  ) {
    this.loop = loop;
    this.#callback = callback;
    this.#args = args;
    this.#context = context;
    this.#createdAt = loop.debug ? new Error("created here").stack : undefined;
  }

  /** Prevents the callback; does nothing when it has run or was cancelled before. */
  cancel(): void {
    this.#callback = null;
    this.#args = [];
    this.#context = null;
  }

  cancelled(): boolean {
    return this.#callback === null;
  }

  /** For the loop alone. */
  run(): boolean {
    const callback = this.#callback;
    if (callback === null) return false;
    if (this.#context === null) {
      return callback(...(this.#args as never[])) === true;
    }
    this.#context.call(this.loop.bystander, callback, this.#args as never[], (error) => {
      this.#report(error);
    });
    return true;
  }

  /** For the loop alone: it closes. */
  abandon(): void {
    this.cancel();
  }

  describe(): string {
    return this.toString();
  }

  toString(): string {
    return `<${this.constructor.name} ${this.#callback === null ? "cancelled" : callbackName(this.#callback)}>`;
  }

  [inspect.custom](): string {
    return this.toString();
  }

  #report(exception: unknown): void {
    const createdAt = this.#createdAt;
    this.loop.callExceptionHandler({
      message: `Exception in callback ${this.toString()}`,
      exception,
      handle: this,
      ...(createdAt !== undefined && { createdAt }),
    });
  }
}

/** A handle with a deadline. */
export class TimerHandle extends Handle implements Timer {
  /** For the timer heap alone. */
  readonly deadline: number;
  /** For the timer heap alone. */
  order = NOT_SET;

  constructor(
    loop: HandleOwner,
    when: number,
    callback: Callback,
    args: readonly unknown[],
    context: CallbackContext | null,
  ) {
    super(loop, callback, args, context);
    this.deadline = when;
  }

  /** Returns the deadline, in milliseconds of `loop.time()`. */
  when(): number {
    return this.deadline;
  }

  override cancel(): void {
    if (this.cancelled()) return;
    super.cancel();
    this.loop.noteCancelledTimer(this);
  }
}

export function callbackName(callback: Callback): string {
  return `${callback.name || "anonymous"}()`;
}
