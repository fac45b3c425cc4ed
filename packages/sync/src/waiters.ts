/**
 * Waiters: those who wait for one thing, in the order in which they came. Everything in this package that waits, waits here.
 *
 *     park ──► pending ──wake──► woken ─────┬──► resumes, and leaves       the list holds a waiter from `park` to `leave`
 *                 └───cancel──► cancelled ──┘
 *
 * **Fairness.** Waiters are woken oldest first, and a newcomer joins the end. Between its wake-up and its turn a waiter is still in the list:
 * `anyAlive()` tells a newcomer that what is free now is spoken for.
 *
 * **Cancellation.** A waiter cancelled while pending is skipped by every wake-up. One that is cancelled after its wake-up, before its turn,
 * resumes with a CancelledError although it was woken (`wasWoken`): nobody else knows of that wake-up, so it must pass it on. Whoever parks
 * therefore writes
 *
 *     const turn = waiters.park();
 *     try {
 *       try { await turn } finally { waiters.leave(turn) }
 *     } catch (error) {
 *       ... pass the wake-up on, if there was one
 *       throw error;
 *     }
 *     ... take what the wake-up was for: nothing has happened since the `await` resumed
 *
 * `park` returns a future and is not async, or a promise would stand between the wake-up and the taking.
 *
 * **Cost.** Each call takes constant time, also with 100,000 waiters: the list is linked through the waiters, and two marks that only move
 * forward remember how far it was looked through.
 */
import { Future } from "@async/futures";
import { awaitedBy } from "@async/futures/port";
import type { EventLoop } from "@async/loop";

import { HomeLoop } from "./home-loop.ts";

/** One who waits, as `statistics()` shows it. */
export interface Waiting {
  /** The name of the task; null outside of tasks. */
  readonly task: string | null;
  /** Milliseconds of the loop's time. */
  readonly waitedFor: number;
}

/** `Request` is what each of them asks for, where that differs. */
export class Waiters<Request = void> {
  readonly #home: HomeLoop;
  readonly #owner: object;
  readonly #method: string;
  #oldest: Waiter<Request> | null = null;
  #newest: Waiter<Request> | null = null;
  /** All older ones are woken or cancelled. */
  #firstPending: Waiter<Request> | null = null;
  /** All older ones are cancelled. */
  #firstAlive: Waiter<Request> | null = null;

  /**
   * @param owner - the primitive, and `method` what is called to wait for it: reports name both
   * @param home - shared by the lists of one primitive
   */
  constructor(owner: object, method: string, home: HomeLoop = new HomeLoop(owner)) {
    this.#owner = owner;
    this.#method = method;
    this.#home = home;
  }

  /**
   * Joins the end of the list. The waiter is to be awaited, and to leave.
   *
   * @throws UsageError if the primitive belongs to another loop.
   */
  park(request: Request): Waiter<Request> {
    const waiter = new Waiter(this, this.#home.enter(), request);
    waiter.older = this.#newest;
    if (this.#newest === null) this.#oldest = waiter;
    else this.#newest.newer = waiter;
    this.#newest = waiter;
    this.#firstPending ??= waiter;
    this.#firstAlive ??= waiter;
    return waiter;
  }

  /** The waiter has resumed, with an error or without. */
  leave(waiter: Waiter<Request>): void {
    const { older, newer } = waiter;
    if (this.#firstPending === waiter) this.#firstPending = newer;
    if (this.#firstAlive === waiter) this.#firstAlive = newer;
    if (older === null) this.#oldest = newer;
    else older.newer = newer;
    if (newer === null) this.#newest = older;
    else newer.older = older;
    // Whoever still holds this one must not hold all that came after it.
    waiter.older = waiter.newer = null;
  }

  /** Returns the oldest pending waiter, whom `wakeNext` would wake; null if there is none. */
  next(): Waiter<Request> | null {
    while (this.#firstPending !== null && this.#firstPending.done())
      this.#firstPending = this.#firstPending.newer;
    return this.#firstPending;
  }

  /** Wakes the oldest pending waiter; false if there is none. */
  wakeNext(): boolean {
    const waiter = this.next();
    if (waiter === null) return false;
    waiter.wake();
    return true;
  }

  /** Wakes the oldest waiter, unless it is woken or cancelled already: then it is about to resume, and sees to it that the next one is woken. */
  wakeOldest(): void {
    const oldest = this.#oldest;
    if (oldest !== null && !oldest.done()) oldest.wake();
  }

  wakeAll(): void {
    while (this.wakeNext());
  }

  /** Says whether there is one that was not cancelled: pending, or woken and about to resume. */
  anyAlive(): boolean {
    while (this.#firstAlive !== null && this.#firstAlive.cancelled())
      this.#firstAlive = this.#firstAlive.newer;
    return this.#firstAlive !== null;
  }

  /** Returns those who are neither woken nor cancelled, the oldest first; those alone that ask for `request`, if it is given. */
  statistics(request?: Request): readonly Waiting[] {
    const now = this.#home.loop?.time() ?? 0;
    const all: Waiting[] = [];
    for (let waiter = this.next(); waiter !== null; waiter = waiter.newer) {
      if (waiter.done() || (request !== undefined && waiter.request !== request)) continue;
      all.push(Object.freeze({ task: waiter.taskName(), waitedFor: now - waiter.since }));
    }
    return Object.freeze(all);
  }

  /** What is waited for: `Lock.acquire`. */
  toString(): string {
    return `${this.#owner.constructor.name}.${this.#method}`;
  }
}

/** The future that one waiter awaits, and its link in the list. */
export class Waiter<Request = void> extends Future<undefined> {
  older: Waiter<Request> | null = null;
  newer: Waiter<Request> | null = null;
  readonly request: Request;
  /** Milliseconds of the loop's time. */
  readonly since: number;
  readonly #waiters: Waiters<Request>;

  constructor(waiters: Waiters<Request>, loop: EventLoop, request: Request) {
    super({ scheduler: loop });
    this.request = request;
    this.since = loop.time();
    this.#waiters = waiters;
  }

  /** What is waited for, for reports: `Waiter 'Lock.acquire'`. */
  get name(): string {
    return this.#waiters.toString();
  }

  wake(): void {
    this.finish(undefined);
  }

  /** Whether it was woken, although it may have resumed with an error: then the wake-up is to be passed on. */
  wasWoken(): boolean {
    return this.done() && !this.cancelled();
  }

  /** The name of the task that awaits it, null for none. */
  taskName(): string | null {
    const [task] = awaitedBy(this) as { readonly name?: string }[];
    return task?.name ?? null;
  }

  protected override describeState(): string[] {
    const [state = "", ...rest] = super.describeState();
    return [state, `name='${this.name}'`, ...rest];
  }
}
