/**
 * Runner, run: a program from its main task to a tidy end.
 *
 *     created ──first run──► ready ◄──► running ──close──► closed
 *
 * `run` gives the main task a loop of its own; when it ends, what is left is cancelled and awaited, the default executor shut down, the
 * signals restored, and the loop closed. Then it settles as the main task did. If nothing can ever happen any more while the main task waits,
 * that is a DeadlockError: on virtual time at once, on real time when the host has nothing left to do.
 *
 * Python: `asyncio.run`, `asyncio.Runner`. Source: Lib/asyncio/runners.py.
 */
import { inspect } from "node:util";

import { type Future, UsageError, isCancelled } from "@async/futures";
import { cancelEach, listen } from "@async/futures/port";
import { EventLoop } from "@async/loop";

import { createTask } from "./create-task.ts";
import { allTasks } from "./current-task.ts";
import { DeadlockError } from "./deadlock.ts";
import { gather } from "./gather.ts";
import type { InterruptError } from "./interrupt-error.ts";
import { Interrupts, exitQuietlyIfUncaught } from "./interrupts.ts";
import { SharedListener } from "./shared-listener.ts";
import type { Coroutine } from "./task.ts";

export interface RunOptions {
  /** Debug mode of the loop. Default: whether the environment has `ASYNC_DEBUG=1`. */
  readonly debug?: boolean;
  /** Default: a new loop. It is closed at the end. */
  readonly loop?: EventLoop;
}

/** Milliseconds for the default executor to end its work. As in CPython. */
const EXECUTOR_TIMEOUT = 5 * 60_000;
/** On virtual time: rounds of the host's loop without any event before a wait counts as a deadlock. */
const HOST_ROUNDS = 3;
/** Raised when the host has nothing left to do, shortly before it would exit. */
const idleHost = new SharedListener<[]>("beforeExit");
// Captured at import, so that a test runner's fake timers do not stop a run.
const { setImmediate } = globalThis;

/**
 * Runs the main function as a task on a loop of its own, ends what it left behind, and settles as it did.
 *
 * The first SIGINT or SIGTERM cancels the main task, and `run` then rejects with an InterruptError, which, uncaught, ends the process with exit
 * code 130 or 143. A second one ends it at once.
 *
 * @throws UsageError in a task or callback of a loop made by `run`, or if `main` is no function; DeadlockError if the main task can never end.
 *
 * @example
 * ```ts
 * import { run, sleep } from "@async/task";
 *
 * const answer = await run(async () => {
 *   await sleep(1);
 *   return 42;
 * });
 * console.log(answer); // 42
 * ```
 */
export async function run<T>(main: Coroutine<T>, options: RunOptions = {}): Promise<T> {
  const { loop = new EventLoop() } = options;
  // Refused before anything is touched: at its end `run` cancels what is on the loop.
  checkMain(main);
  loop.checkMayRun("run");
  const runner = new Runner({ ...options, loop });
  let result: T;
  try {
    result = await runner.run(main);
  } catch (error) {
    // What goes wrong in the clean-up must not hide why it began.
    await runner.close().catch((exception: unknown) => {
      const isSameDeadlock = error instanceof DeadlockError && exception instanceof DeadlockError;
      if (!isSameDeadlock) runner.report(exception);
    });
    throw error;
  }
  await runner.close();
  return result;
}

/** Runs several main functions one after another on the same loop. */
export class Runner {
  #loop: EventLoop | null = null;
  #closed = false;
  #interrupt: InterruptError | null = null;
  readonly #options: RunOptions;

  constructor(options: RunOptions = {}) {
    this.#options = options;
  }

  /** Returns the loop, which is made when it is first asked for. */
  getLoop(): EventLoop {
    if (this.#closed) throw new UsageError("The runner is closed; make a new one");
    const { debug, loop } = this.#options;
    this.#loop ??= loop ?? new EventLoop();
    if (debug !== undefined) this.#loop.debug = debug;
    return this.#loop;
  }

  /** Runs the main function as a task and settles as it does. Tasks that it leaves go on in the next run. */
  async run<T>(main: Coroutine<T>): Promise<T> {
    checkMain(main);
    const loop = this.getLoop();
    loop.checkMayRun("run");
    const task = createTask(main, { loop });
    const interrupts = new Interrupts(task);
    try {
      await runUntilDone(loop, task);
      return task.result();
    } catch (error) {
      if (interrupts.received === null || !isCancelled(error) || task.uncancel() > 0) throw error;
      this.#interrupt = interrupts.received;
      exitQuietlyIfUncaught(this.#interrupt);
      throw this.#interrupt;
    } finally {
      interrupts.restore();
    }
  }

  /** Cancels and awaits what is left, shuts the default executor down, and closes the loop. May be called again. */
  async close(): Promise<void> {
    if (this.#closed) return;
    if (this.#loop?.isRunning() === true)
      throw new UsageError("The runner is running and cannot be closed; await that run first");
    this.#closed = true;
    const loop = this.#loop;
    if (loop === null) return;
    const interrupts = new Interrupts(null);
    try {
      await cancelAll(loop);
      await loop.shutdownDefaultExecutor(EXECUTOR_TIMEOUT);
    } finally {
      interrupts.restore();
      loop.close();
    }
    // `run` and `await using` throw the interrupt only now.
    if (this.#interrupt !== null) exitQuietlyIfUncaught(this.#interrupt);
  }

  /** Reports what went wrong in the clean-up after an error that goes before it. */
  report(exception: unknown): void {
    this.#loop?.callExceptionHandler({ message: "unhandled exception during run() shutdown", exception });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.close();
  }
}

/** Runs the loop until the future is done. */
async function runUntilDone(loop: EventLoop, future: Future): Promise<void> {
  const stop = (): void => {
    loop.stop();
  };
  listen(future, stop);
  let isStuck: boolean;
  try {
    isStuck = loop.hasVirtualTime ? await runOnVirtualTime(loop, future) : await runOnRealTime(loop);
  } finally {
    future.removeDoneCallback(stop);
  }
  if (future.done()) return;
  if (isStuck) throw new DeadlockError(loop);
  throw new UsageError("The loop was stopped before the main task was done; cancel the task instead");
}

/** Runs until the loop is stopped. Returns whether that is for want of work: the host, too, has nothing left to do. */
async function runOnRealTime(loop: EventLoop): Promise<boolean> {
  let wasIdle = false;
  let isStuck = false as boolean; // Set by the listener, which the compiler does not see.
  const onIdleHost = (): void => {
    if (wasIdle) {
      isStuck = true;
      loop.stop();
      // Another listener may have found something to do: the host is asked once more.
    } else setImmediate(() => (wasIdle = true));
  };
  idleHost.add(onIdleHost);
  try {
    await loop.runForever();
  } finally {
    idleHost.delete(onIdleHost);
  }
  return isStuck && loop.isIdle();
}

/**
 * Does so on virtual time, where it returns true once nothing can happen any more. A promise of the host may still be about to wake a task: it
 * gets a few rounds of the host's loop.
 */
async function runOnVirtualTime(loop: EventLoop, future: Future): Promise<boolean> {
  for (let round = 0; round < HOST_ROUNDS; round += 1) {
    if (!loop.isIdle()) round = 0;
    const ranOut = await loop.runUntilIdle();
    if (!ranOut || future.done()) return false;
    await new Promise((resolve) => setImmediate(resolve));
  }
  return true;
}

async function cancelAll(loop: EventLoop): Promise<void> {
  const tasks = [...allTasks(loop)];
  if (tasks.length === 0) return;
  cancelEach(tasks, undefined);
  await runUntilDone(loop, gather(tasks, { returnExceptions: true }));
  for (const task of tasks) {
    if (task.cancelled() || task.exception() === null) continue;
    loop.callExceptionHandler({
      message: "unhandled exception during run() shutdown",
      exception: task.exception(),
      task,
    });
  }
}

function checkMain(main: unknown): void {
  if (typeof main === "function") return;
  throw new UsageError(
    `run takes a function, got ${inspect(main, { depth: 0 })}; write run(async () => ...)`,
  );
}
