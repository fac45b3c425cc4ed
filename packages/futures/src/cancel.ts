/**
 * Passing a cancel request on: from a task to what it awaits, from a gather to its children, to the futures at the ends.
 *
 * The walk goes depth first, in the order in which CPython's recursive `cancel` calls go, but iteratively: a chain of 100,000 tasks that await
 * each other is no deeper than one. In a cycle (two tasks that await each other), where CPython's recursion has no end, nobody could take the
 * request: there the await that closes the cycle is interrupted itself.
 */

/** Takes a request and passes it on: a task, a gather, a timeout. */
export interface CancelRelay {
  /** The request arrives. Returns whom it goes to next, in order; null refuses it (what is done cannot be cancelled). */
  [PASS_ON](reason: unknown): readonly CancelTarget[] | null;
  /** All of those were asked, and `taken` says whether one of them took it. Returns whether this one took the request. */
  [ANSWER](taken: boolean, reason: unknown): boolean;
  /** Throws the cancellation at the open awaits of this very target, which will never be done. Returns whether there was one. */
  [INTERRUPT]?(target: CancelTarget, reason: unknown): boolean;
}

export interface CancelTarget {
  cancel(reason?: unknown): boolean;
}

export const PASS_ON: unique symbol = Symbol.for("@async/cancel/1/passOn") as never;
export const INTERRUPT: unique symbol = Symbol.for("@async/cancel/1/interrupt") as never;
export const ANSWER: unique symbol = Symbol.for("@async/cancel/1/answer") as never;

interface Frame {
  readonly relay: CancelRelay;
  readonly targets: readonly CancelTarget[];
  position: number;
  taken: boolean;
}

/** Sends a cancel request through the relay; returns whether it was taken. */
export function cancelThrough(relay: CancelRelay, reason: unknown): boolean {
  const targets = relay[PASS_ON](reason);
  if (targets === null) return false;
  const stack: Frame[] = [{ relay, targets, position: 0, taken: false }];
  const onPath = new Set<unknown>([relay]);
  for (;;) {
    const frame = stack.at(-1)!;
    const target = frame.targets[frame.position++];
    if (target === undefined) {
      const taken = frame.relay[ANSWER](frame.taken, reason);
      onPath.delete(frame.relay);
      stack.pop();
      const caller = stack.at(-1);
      if (caller === undefined) return taken;
      caller.taken ||= taken;
    } else if (onPath.has(target)) {
      breakCycle(stack, reason);
      frame.taken = true;
    } else if (isRelay(target)) {
      const further = target[PASS_ON](reason);
      if (further === null) continue;
      stack.push({ relay: target, targets: further, position: 0, taken: false });
      onPath.add(target);
    } else if (target.cancel(reason)) {
      frame.taken = true;
    }
  }
}

/** The request has come back to one that it went through: interrupts the last one on the way that awaits. A gather on the way only listens. */
function breakCycle(stack: readonly Frame[], reason: unknown): void {
  for (let depth = stack.length - 1; depth >= 0; depth -= 1) {
    const { relay, targets, position } = stack[depth]!;
    if (relay[INTERRUPT]?.(targets[position - 1]!, reason) === true) return;
  }
}

function isRelay(target: object): target is CancelRelay {
  return PASS_ON in target;
}
