/**
 * Scope: the part of a task that a cancellation reaches. A task is the root scope; a timeout and a task group open a child for their body.
 *
 *     task ── timeout ── group          a request to a scope reaches the awaits opened in it and below,
 *          └─ timeout                   never those beside or above it
 *
 * The current scope travels in the async context, so each await is entered in the scope in which it was written. In CPython one await at a
 * time is open in a task; here several may be (`Promise.all`, the callbacks of a server that the task made).
 *
 * A request that no await takes is remembered and thrown at the next await of ours in the scope or below (`cancel-requests.ts`).
 *
 * Source: `cancel`, `uncancel`, `__step` in Lib/asyncio/tasks.py.
 */
import { type CancelledError, type FutureLike, UsageError } from "@async/futures";
import {
  ANSWER,
  type Awaiter,
  type CancelKeeper,
  type CancelTarget,
  INTERRUPT,
  type OpenAwait,
  PASS_ON,
  REPEAT,
  cancelledWithoutStack,
  currentAwaiter,
} from "@async/futures/port";
import type { EventLoop } from "@async/loop";

import { CancelRequests } from "./cancel-requests.ts";
import { CancelSignal } from "./cancel-signal.ts";
import { tolerateUnownedCancellations } from "./unowned-cancellations.ts";

/** Numbers the requests that turns throw by themselves. A turn's ticket is the number of the last one before it began. */
let turnRequests = 0;

export class Scope implements Awaiter, CancelKeeper {
  readonly scheduler: EventLoop;
  readonly task: FutureLike;
  #parent: Scope | null;
  #children: Set<Scope> | null = null;
  #closed = false;
  /** The open awaits of this very scope, oldest first. */
  #oldest: OpenAwait | null = null;
  #newest: OpenAwait | null = null;
  /** Awaits of a mere turn. They are only counted: they take no request, and there may be very many of them. */
  #openTurns = 0;
  /** Made for the first one, which most scopes never see. */
  #requests: CancelRequests | null = null;
  #signal: CancelSignal | null = null;

  constructor(scheduler: EventLoop, task: FutureLike, parent: Scope | null) {
    this.scheduler = scheduler;
    this.task = task;
    this.#parent = parent;
  }

  /** Opens a child scope for a body. */
  open(): Scope {
    const child = new Scope(this.scheduler, this.task, this);
    (this.#children ??= new Set()).add(child);
    return child;
  }

  /** The body has ended: what it left open (an async function that it did not await) is the parent's from here on. */
  close(): void {
    const parent = this.#parent!;
    this.#closed = true;
    parent.#children?.delete(this);
    parent.#openTurns += this.#openTurns;
    if (this.#requests !== null) parent.#ownRequests().takeOver(this.#requests);
    for (const child of this.#children ?? []) {
      child.#parent = parent;
      (parent.#children ??= new Set()).add(child);
    }
    for (let suspension = this.#oldest; suspension !== null; suspension = this.#oldest) {
      this.#remove(suspension);
      parent.#add(suspension);
    }
  }

  /** Returns the signal that aborts when a cancel request reaches this scope; aborted already if one has. */
  get signal(): AbortSignal {
    if (this.#signal === null) {
      this.#signal = new CancelSignal(() => {
        // Whoever read the signal's reason has the cancellation: it must not be thrown again.
        this.#clearInterrupts();
      });
      if (this.cancelling() > 0) this.#signal.abort(this.requestReason);
    }
    return this.#signal.signal;
  }

  /** Whether nothing has happened in it that somebody could still ask for. */
  get isBlank(): boolean {
    return this.#requests === null && this.#signal === null;
  }

  /** The reason of the innermost request that was not taken back. */
  get requestReason(): unknown {
    const requested = this.#nearestRequested();
    return requested?.lastReason;
  }

  /** Whether a request waits to be thrown at the next await. */
  get isInterrupted(): boolean {
    for (let scope: Scope | null = this; scope !== null; scope = scope.#parent)
      if (scope.#requests?.isRemembered === true) return true;
    return false;
  }

  get interruptReason(): unknown {
    return this.#root().#requests?.rememberedReason;
  }

  /** Takes the remembered request, to throw it; null when there is none. */
  takeInterrupt(): CancelledError | null {
    if (!this.isInterrupted) return null;
    this.#clearInterrupts();
    return cancelledWithoutStack(this.interruptReason);
  }

  /** Returns the requests to this scope and those above it that were not taken back. */
  cancelling(): number {
    let sum = 0;
    for (let scope: Scope | null = this; scope !== null; scope = scope.#parent)
      sum += scope.#requests?.count ?? 0;
    return sum;
  }

  /** Takes one request back, the innermost first, and returns how many are left. With none left nothing is thrown any more. */
  uncancel(): number {
    const requested = this.#nearestRequested();
    if (requested !== null) requested.count -= 1;
    const left = this.cancelling();
    if (requested !== null && left === 0) this.#clearInterrupts();
    return left;
  }

  /** Has the innermost request, which was delivered already, thrown at the next await once more. */
  renewRequest(): void {
    const requested = this.#nearestRequested();
    if (requested === null) return;
    requested.isRemembered = true;
    this.#root().#ownRequests().rememberedReason = undefined;
  }

  suspend(suspension: OpenAwait): Error | null {
    // An async function that outlived its task: its awaits belong to nobody.
    if (this.task.done()) return null;
    if (suspension.target === this.task) {
      return new UsageError(
        `${this.task.toString()} awaits itself and would wait for ever; let another task await it`,
      );
    }
    const scope = this.#openScope();
    scope.#add(suspension);
    if (scope.isInterrupted && suspension.target.cancel(this.interruptReason)) scope.#clearInterrupts();
    return null;
  }

  resume(suspension: OpenAwait): CancelledError | null {
    const scope = suspension.listedBy as Scope | null;
    if (scope !== null) scope.#remove(suspension);
    if (this.task.done()) return null;
    return (scope ?? this.#openScope()).takeInterrupt();
  }

  beginTurn(): number {
    this.#openScope().#openTurns += 1;
    return turnRequests;
  }

  endTurn(ticket: number): CancelledError | null {
    const scope = this.#openScope();
    scope.#openTurns -= 1;
    if (this.task.done()) return null;
    const requests = scope.#requests;
    return requests !== null && ticket < requests.turnsCancelled
      ? cancelledWithoutStack(requests.lastReason)
      : scope.takeInterrupt();
  }

  /** Returns what the scope and those below it wait for. */
  targets(): CancelTarget[] {
    return this.#openAwaits().map((open) => open.target);
  }

  #openAwaits(): OpenAwait[] {
    const found: OpenAwait[] = [];
    const scopes: Scope[] = [this];
    for (let scope = scopes.pop(); scope !== undefined; scope = scopes.pop()) {
      for (let suspension = scope.#oldest; suspension !== null; suspension = suspension.newer) {
        found.push(suspension);
      }
      if (scope.#children !== null) for (const child of [...scope.#children].reverse()) scopes.push(child);
    }
    return found;
  }

  [PASS_ON](reason: unknown): CancelTarget[] | null {
    if (this.task.done() || this.#closed) return null;
    tolerateUnownedCancellations();
    const requests = this.#ownRequests();
    requests.count += 1;
    requests.lastReason = reason;
    return this.targets();
  }

  [ANSWER](taken: boolean, reason: unknown): void {
    const awaits = this.#openAwaits().length;
    // With a single await open, as in CPython, what nobody took is remembered. Of several, each turn throws by itself: else whichever
    // resumes first would have the request for all.
    const isShared = awaits + this.#countTurns() > 1;
    if (taken || isShared) this.#cancelTurns(reason);
    if (!taken && (awaits > 0 || !isShared)) {
      this.#ownRequests().isRemembered = true;
      this.#root().#ownRequests().rememberedReason = reason;
    }
    this.#abortSignals(reason);
  }

  [REPEAT](times: number, taken: boolean, reason: unknown): void {
    const requests = this.#ownRequests();
    requests.count += times;
    requests.lastReason = reason;
    this[ANSWER](taken, reason);
  }

  #countTurns(): number {
    let count = this.#openTurns;
    if (this.#children !== null) for (const child of this.#children) count += child.#countTurns();
    return count;
  }

  /** Has those that wait for their turn throw the request, each by itself. */
  #cancelTurns(reason: unknown): void {
    if (this.#openTurns > 0) {
      const requests = this.#ownRequests();
      requests.turnsCancelled = ++turnRequests;
      requests.lastReason = reason;
    }
    if (this.#children !== null) for (const child of this.#children) child.#cancelTurns(reason);
  }

  [INTERRUPT](target: CancelTarget, reason: unknown): boolean {
    const stuck = this.#openAwaits().filter((open) => open.target === target);
    for (const open of stuck) {
      // Left at once: it is as good as resumed, and takes no second request.
      (open.listedBy as Scope).#remove(open);
      open.interrupt(cancelledWithoutStack(reason));
    }
    return stuck.length > 0;
  }

  #abortSignals(reason: unknown): void {
    this.#signal?.abort(reason);
    if (this.#children !== null) for (const child of this.#children) child.#abortSignals(reason);
  }

  #clearInterrupts(): void {
    for (let scope: Scope | null = this; scope !== null; scope = scope.#parent)
      if (scope.#requests !== null) scope.#requests.isRemembered = false;
  }

  #root(): Scope {
    let scope: Scope = this;
    while (scope.#parent !== null) scope = scope.#parent;
    return scope;
  }

  #ownRequests(): CancelRequests {
    return (this.#requests ??= new CancelRequests());
  }

  /** Those of the innermost scope to which a request came that was not taken back. */
  #nearestRequested(): CancelRequests | null {
    for (let scope: Scope | null = this; scope !== null; scope = scope.#parent)
      if (scope.#requests !== null && scope.#requests.count > 0) return scope.#requests;
    return null;
  }

  /** This scope, or the nearest above it whose body has not ended. */
  #openScope(): Scope {
    let scope: Scope = this;
    while (scope.#closed) scope = scope.#parent!;
    return scope;
  }

  #add(suspension: OpenAwait): void {
    suspension.listedBy = this;
    suspension.older = this.#newest;
    suspension.newer = null;
    if (this.#newest === null) this.#oldest = suspension;
    else this.#newest.newer = suspension;
    this.#newest = suspension;
  }

  #remove(suspension: OpenAwait): void {
    const { older, newer } = suspension;
    if (older === null) this.#oldest = newer;
    else older.newer = newer;
    if (newer === null) this.#newest = older;
    else newer.older = older;
    suspension.listedBy = suspension.older = suspension.newer = null;
  }
}

/** Returns the scope in which the running code is, null outside of tasks and in what outlived its task. */
export function currentScope(): Scope | null {
  const awaiter = currentAwaiter();
  if (awaiter === undefined || awaiter.task === null) return null;
  const scope = awaiter as Scope;
  return scope.task.done() ? null : scope;
}
