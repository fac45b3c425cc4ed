/**
 * The mark of a worker: code can tell that it runs inside of a pool's worker, also by another copy of this package.
 *
 * A call that submits calls and waits for them is a deadlock in Python, once all workers wait. And a function that submits itself, to a pool that
 * its own module makes, would start workers without end. So pools serve the main program alone.
 */
const MARK = Symbol.for("@async/pool/1/isWorker");

export function markAsWorker(): void {
  Object.defineProperty(globalThis, MARK, { value: true });
}

export function isWorker(): boolean {
  return MARK in globalThis;
}
