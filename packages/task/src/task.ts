/**
 * Task: a coroutine (a native async function) that a loop runs, and the future of its outcome.
 *
 *     createTask ──► queued ──first step──► runs ◄──► waits ──► finished | failed | cancelled
 *
 * The first step enters the async context of its creator with the task's scope in it, once; the engine carries that through every later
 * await, which is how an await knows its task. Cancelled before the first step, the function never runs.
 *
 * Python: `asyncio.Task`. Source: `__step` in Lib/asyncio/tasks.py.
 */
import { inspect } from "node:util";

import { CancelledError, Future, UsageError } from "@async/futures";
import {
  ANSWER,
  CANCEL_MESSAGE,
  CallbackContext,
  type CancelKeeper,
  type Job,
  PASS_ON,
  REPEAT,
  awaiterStorage,
  cancelThrough,
  cancelledWithoutStack,
  currentAwaiter,
  isThenable,
  nameOf,
  schedulerOf,
  warnIfUnretrieved,
  type CancelTarget,
  INTERRUPT,
} from "@async/futures/port";
import { type EventLoop, getEventLoop } from "@async/loop";

import { cancellationIn } from "./cancel-signal.ts";
import { Scope } from "./scope.ts";
import { type LoopTask, NEWER, OLDER, enrol, leave } from "./task-registry.ts";

/** What a task runs; it is called with the task itself. */
export type Coroutine<T> = (task: Task) => PromiseLike<T> | T;

export interface TaskOptions {
  /** Default: `Task-<n>`. */
  readonly name?: string;
  /** Default: the loop of the running task or callback, else the default loop. */
  readonly loop?: EventLoop;
  /** Run the first step at once, inside `createTask`, up to its first await. Default: false. */
  readonly eager?: boolean;
}

let created = 0;
// As an await, it asks no promise for a `then` of its own.
// eslint-disable-next-line @typescript-eslint/unbound-method -- called with the promise as its this
const { then } = Promise.prototype;

let enter: (task: Task, fn: Coroutine<unknown>) => void;
let abandon: (task: Task) => void;

export class Task<T = unknown> extends Future<T> implements CancelKeeper {
  /** Made with the first step, or for what comes before it; given up at the end, unless it has something to tell (benchmark: gather). */
  #rootScope: Scope | null = null;
  /** A number stands for `Task-<number>`: most names are never read. */
  #name: string | number;
  // Its place in the loop's list of tasks.
  [OLDER]: LoopTask | null = null;
  [NEWER]: LoopTask | null = null;

  /** Use `createTask`. */
  constructor(fn: Coroutine<T>, { name, loop = getEventLoop(), eager = false }: TaskOptions = {}) {
    if (typeof fn !== "function") throw new TypeError(notACoroutine(fn));
    if (typeof (loop as Partial<EventLoop>).isClosed !== "function")
      throw new TypeError(`createTask: loop is ${inspect(loop, { depth: 0 })}, no EventLoop`);
    if (loop.isClosed()) throw new UsageError("createTask: the event loop is closed; make a new one");
    super({ scheduler: loop });
    // Python makes a string of any name; a number here stands for an automatic one.
    this.#name = name === undefined ? ++created : asString(name);
    enrol(loop, this);
    const firstStep = new FirstStep(this, fn);
    if (eager) firstStep.run();
    else loop.enqueue(firstStep);
  }

  static {
    enter = (task, fn) => {
      awaiterStorage.enterWith(task.#scope);
      task.#begin(fn);
    };
    abandon = (task) => {
      task.#threw(cancelledWithoutStack("the event loop was closed"));
    };
  }

  get loop(): EventLoop {
    return schedulerOf(this) as EventLoop;
  }

  /** Shown in reports; may be changed. */
  get name(): string {
    return typeof this.#name === "number" ? `Task-${this.#name}` : this.#name;
  }

  set name(name: string) {
    this.#name = asString(name);
  }

  /**
   * Asks the task to end: what it awaits is cancelled, and the CancelledError comes out of its await. If it awaits nothing that can be
   * cancelled, its next await throws it. The task may clean up, and may refuse by catching it.
   *
   * Returns false, and does nothing, if the task is done.
   *
   * @param reason - any value; the CancelledError carries it
   */
  override cancel(reason?: unknown): boolean {
    return this.done() ? super.cancel(reason) : cancelThrough(this, reason);
  }

  /** Returns how many cancel requests were made and not taken back; inside a timeout or group of the task, with theirs. */
  cancelling(): number {
    return this.#scopeOfCaller().cancelling();
  }

  /** Takes one cancel request back and returns how many are left. For code that has handled a cancellation and goes on. */
  uncancel(): number {
    return this.#scopeOfCaller().uncancel();
  }

  /**
   * Aborts when the task is asked to cancel; its reason is the CancelledError. Pass it to `fetch` and other work that only a signal can stop.
   * It is made when it is first asked for.
   */
  get signal(): AbortSignal {
    return this.#scope.signal;
  }

  /** @throws UsageError: only its coroutine ends a task. */
  override setResult(): never {
    throw new UsageError("Task does not support setResult: its function's return value is the result");
  }

  /** @throws UsageError: only its coroutine ends a task. */
  override setException(): never {
    throw new UsageError("Task does not support setException: what its function throws is the exception");
  }

  /** CPython keeps a reason that was remembered, and forgets it when the cancellation comes out of the coroutine. */
  override get [CANCEL_MESSAGE](): unknown {
    return this.cancelled() ? super[CANCEL_MESSAGE] : this.#scope.interruptReason;
  }

  [PASS_ON](reason: unknown): readonly CancelTarget[] | null {
    return this.#scope[PASS_ON](reason);
  }

  [ANSWER](taken: boolean, reason: unknown): void {
    this.#scope[ANSWER](taken, reason);
  }

  [REPEAT](times: number, taken: boolean, reason: unknown): void {
    this.#scope[REPEAT](times, taken, reason);
  }

  [INTERRUPT](target: CancelTarget, reason: unknown): boolean {
    return this.#scope[INTERRUPT](target, reason);
  }

  protected override describeState(): string[] {
    const [state = "", ...rest] = super.describeState();
    const shown = !this.done() && this.#scope.cancelling() > 0 ? "cancelling" : state;
    const waits = this.done() ? [] : this.#scope.targets().map((target) => `waitFor=${nameOf(target)}`);
    return [shown, `name='${this.name}'`, ...waits, ...rest];
  }

  protected override subject(): string {
    return `Task '${this.name}'`;
  }

  #begin(fn: Coroutine<T>): void {
    const interrupt = this.#scope.takeInterrupt();
    if (interrupt !== null) {
      this.#threw(interrupt);
      return;
    }
    let outcome: PromiseLike<T> | T;
    let isAsync: boolean;
    try {
      outcome = fn(this);
      isAsync = isThenable(outcome);
    } catch (error) {
      this.#threw(error);
      return;
    }
    if (isAsync) this.#follow(outcome as PromiseLike<T>);
    else this.#returned(outcome as T);
  }

  /** Does as an `await` does, without another suspended function: very many tasks may wait (benchmark: memory of a sleeping task). */
  #follow(outcome: PromiseLike<T>): void {
    void then.call(
      Promise.resolve(outcome),
      (value: unknown) => this.#returned(value as T),
      (error: unknown) => this.#threw(error),
    );
  }

  #returned(value: T): void {
    leave(this.loop, this);
    // Cancelled right before it ended, with no await left to throw it.
    if (this.#scope.isInterrupted) {
      this.endCancelled(this.#scope.interruptReason);
      return;
    }
    this.finish(value);
    if (this.#scope.isBlank) this.#rootScope = null;
    else if (this.loop.debug && this.#scope.cancelling() > 0) {
      this.loop.callExceptionHandler({
        message: `Task '${this.name}' swallowed its cancellation`,
        task: this,
      });
    }
  }

  #threw(error: unknown): void {
    leave(this.loop, this);
    const cancellation = cancellationIn(error);
    // An AbortError counts only once the task was asked to end.
    if (cancellation !== null && (cancellation === error || this.#scope.cancelling() > 0)) {
      this.endCancelled(undefined, cancellation);
      return;
    }
    if (this.#scope.cancelling() > 0) keepCause(error, this.#scope.requestReason);
    const watched = this.isWatched;
    this.fail(error);
    const delay = this.loop.unawaitedFailureDelay;
    if (!watched && delay !== null) warnIfUnretrieved(this, delay);
  }

  get #scope(): Scope {
    return (this.#rootScope ??= new Scope(this.loop, this, null));
  }

  #scopeOfCaller(): Scope {
    const awaiter = currentAwaiter();
    return awaiter?.task === this ? (awaiter as Scope) : this.#scope;
  }
}

/** The job that calls the function, in the context of the task's creator with the task's scope in it. */
class FirstStep extends CallbackContext implements Job {
  next: Job | null = null;
  readonly #task: Task;
  readonly #fn: Coroutine<unknown>;

  constructor(task: Task, fn: Coroutine<unknown>) {
    super();
    this.#task = task;
    this.#fn = fn;
  }

  run(): boolean {
    this.runInAsyncScope(enter, undefined, this.#task, this.#fn);
    return true;
  }

  describe(): string {
    return this.#task.toString();
  }

  abandon(): void {
    abandon(this.#task);
  }
}

/** Makes a string of any name, as Python does: a number would be taken for an automatic one. */
function asString(name: unknown): string {
  return String(name);
}

function notACoroutine(value: unknown): string {
  if (isThenable(value)) {
    return "createTask takes a function, got a promise, which has started already; write createTask(() => ...), or await ensureFuture(promise)";
  }
  return `createTask takes a function, got ${inspect(value, { depth: 0 })}; write createTask(async () => ...)`;
}

/** An error thrown because of a cancellation keeps that as its cause, if it has none of its own. */
function keepCause(error: unknown, reason: unknown): void {
  try {
    if (error instanceof Error && error.cause === undefined) error.cause = new CancelledError(reason);
  } catch {
    // Frozen, or with a cause of its own making: the error stays as it is.
  }
}
