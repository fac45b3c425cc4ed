/**
 * CallScope: the call that a worker runs, as the code of the call sees it. `currentCall()` finds it by the async context.
 *
 * A worker runs one call at a time, but what a call leaves behind (a timer, a promise) runs later, beside another call. The context tells them
 * apart. It costs 60 ns a call, so calls get one only where `@async/pool/worker` has been imported.
 */
import { AsyncLocalStorage } from "node:async_hooks";

/** Why a call is to stop: its future was cancelled, or its time is up. */
export interface Abort {
  readonly why: "cancel" | "timeout";
  /** What `cancel(reason)` was given. */
  readonly reason: unknown;
}

export class CallScope {
  readonly id: number;
  readonly seq: number;
  ended = false;
  /** The call runs in a context that leads here. */
  entered = false;
  aborted: Abort | null = null;
  /** Set by whoever hands out the signal. */
  onAbort: ((abort: Abort) => void) | null = null;
  readonly #sendProgress: (seq: number, value: unknown) => void;

  constructor(id: number, seq: number, sendProgress: (seq: number, value: unknown) => void) {
    this.id = id;
    this.seq = seq;
    this.#sendProgress = sendProgress;
  }

  abort(abort: Abort): void {
    if (this.aborted !== null || this.ended) return;
    this.aborted = abort;
    this.onAbort?.(abort);
  }

  /** What is reported after the end belongs to no call any more, least of all to the next one. */
  progress(value: unknown): void {
    if (!this.ended) this.#sendProgress(this.seq, value);
  }
}

interface Shared {
  /** Made when `@async/pool/worker` is imported. */
  storage: AsyncLocalStorage<CallScope> | null;
  running: CallScope | null;
}

// One for all copies of this file in the worker: its script and the door may be bundled apart.
const KEY = Symbol.for("@async/pool/1/callScope");
const shared: Shared = ((globalThis as Record<symbol, unknown>)[KEY] ??= {
  storage: null,
  running: null,
}) as Shared;

/** From now on every call runs in a context of its own. */
export function wantCallScopes(): void {
  shared.storage ??= new AsyncLocalStorage();
}

export function setRunningScope(scope: CallScope | null): void {
  shared.running = scope;
}

/** Calls the function as the code of the call. */
export function callInScope<R>(scope: CallScope, call: () => R): R {
  if (shared.storage === null) return call();
  scope.entered = true;
  return shared.storage.run(scope, call);
}

export function areScopesWanted(): boolean {
  return shared.storage !== null;
}

/** The call whose code asks; null outside of calls. */
export function currentScope(): CallScope | null {
  const scope = shared.storage?.getStore();
  if (scope !== undefined) return scope;
  // The door was opened by the running call itself, too late for a context.
  return shared.running?.entered === false ? shared.running : null;
}
