/**
 * currentCall: the call that the asking code belongs to. It gives the signal by which the submitter stops it, and takes reports of progress.
 */
import { CancelledError, TimeoutError, UsageError } from "@async/futures";

import { type Abort, type CallScope, currentScope, wantCallScopes } from "./call-scope.ts";

/** A call, as its own code sees it. */
export interface CurrentCall {
  /** The number of the call in its executor. */
  readonly id: number;
  /**
   * Aborts when the future of the call is cancelled, with the CancelledError as its reason, or when its time is up, with a TimeoutError. A call that
   * has not ended `cancelGrace` milliseconds later is ended together with its worker.
   */
  readonly signal: AbortSignal;
  /**
   * Reports to the submitter's `onProgress`. After the end of the call it does nothing.
   *
   * @throws DataCloneError for a value that cannot be sent.
   */
  readonly progress: (value: unknown) => void;
}

wantCallScopes();

const calls = new WeakMap<CallScope, CurrentCall>();

/**
 * Returns the call that this code runs for, also after an `await` and in its timers.
 *
 * @throws UsageError outside of a call: in the main program, or while a worker module is imported.
 *
 * @example
 * ```ts
 * import { currentCall } from "@async/pool/worker";
 *
 * export async function download(url: string): Promise<string> {
 *   const { signal, progress } = currentCall();
 *   const response = await fetch(url, { signal });
 *   progress("connected");
 *   return response.text();
 * }
 * ```
 */
export function currentCall(): CurrentCall {
  const scope = currentScope();
  if (scope === null)
    throw new UsageError("currentCall() outside of a call: only a function that a pool runs has one");
  let call = calls.get(scope);
  if (call === undefined) {
    call = viewOf(scope);
    calls.set(scope, call);
  }
  return call;
}

function viewOf(scope: CallScope): CurrentCall {
  let controller: AbortController | null = null;
  return Object.freeze({
    id: scope.id,
    get signal(): AbortSignal {
      if (controller === null) {
        const made = new AbortController();
        controller = made;
        const onAbort = (request: Abort): void => {
          made.abort(reasonOf(request));
        };
        if (scope.aborted === null) scope.onAbort = onAbort;
        else onAbort(scope.aborted);
      }
      return controller.signal;
    },
    progress: (value: unknown): void => {
      scope.progress(value);
    },
  });
}

function reasonOf({ why, reason }: Abort): Error {
  return why === "timeout" ? new TimeoutError("the time of the call is up") : new CancelledError(reason);
}
