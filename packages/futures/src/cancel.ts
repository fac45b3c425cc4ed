/**
 * Passing a cancel request on: from a task to what it awaits, from a gather to its children, to the futures at the ends.
 *
 * The walk goes depth first, in the order in which CPython's recursive `cancel` calls go, but iteratively: a chain of 100,000 tasks that await
 * each other is no deeper than one. In a cycle (two tasks that await each other), where CPython's recursion has no end, nobody could take the
 * request: there the await that closes the cycle is interrupted itself.
 *
 * Many ways may lead to the same task, and CPython goes each of them. Here the walk enters a task once and counts the other ways, which adds up
 * to the same: whatever lies below has been asked by then, so once more changes only what a task keeps, and that is told to it at the end.
 */

/** Takes a request and passes it on: a gather, and all keepers. It takes what one of those takes that it passed it on to. */
export interface CancelRelay {
  /** The request arrives. Returns whom it goes to next, in order; null refuses it (what is done cannot be cancelled). */
  [PASS_ON](reason: unknown): readonly CancelTarget[] | null;
  /** All of those were asked, and `taken` says whether one of them took it. */
  [ANSWER](taken: boolean, reason: unknown): void;
}

/** Keeps a request that nobody below takes, and so takes each: a task, a timeout. */
export interface CancelKeeper extends CancelRelay {
  /** The request came that many times more, on other ways. `taken` says whether somebody below takes it every time. */
  [REPEAT](times: number, taken: boolean, reason: unknown): void;
  /** Throws the cancellation at the open awaits of this very target, which will never be done. Returns whether there was one. */
  [INTERRUPT](target: CancelTarget, reason: unknown): boolean;
}

export interface CancelTarget {
  cancel(reason?: unknown): boolean;
}

export const PASS_ON: unique symbol = Symbol.for("@async/cancel/1/passOn") as never;
export const ANSWER: unique symbol = Symbol.for("@async/cancel/1/answer") as never;
export const REPEAT: unique symbol = Symbol.for("@async/cancel/1/repeat") as never;
export const INTERRUPT: unique symbol = Symbol.for("@async/cancel/1/interrupt") as never;

/** Sends a cancel request through the relay; returns whether it was taken. */
export function cancelThrough(relay: CancelRelay, reason: unknown): boolean {
  const walk = new Walk(reason);
  const taken = walk.send(relay);
  walk.tellRepeats();
  return taken;
}

/** Does as `cancelThrough` does to one after another; what several of them lead to is walked through once. */
export function cancelEach(relays: Iterable<CancelRelay>, reason: unknown): void {
  const walk = new Walk(reason);
  for (const relay of relays) walk.send(relay);
  walk.tellRepeats();
}

/** What was answered: somebody took the request, or would take it once more. */
interface Answers {
  taken: boolean;
  takenAgain: boolean;
}

/** The request at a relay. */
class Visit implements Answers {
  taken = false;
  takenAgain = false;
  /** The next of the targets to be asked. */
  position = 0;
  /** All of the targets were asked. */
  isOver = false;
  /** So many times more the request came. */
  repeats = 0;
  readonly relay: CancelRelay;
  readonly targets: readonly CancelTarget[];

  constructor(relay: CancelRelay, targets: readonly CancelTarget[]) {
    this.relay = relay;
    this.targets = targets;
  }
}

class Walk {
  readonly #reason: unknown;
  readonly #visits = new Map<unknown, Visit>();
  /** From the relay where the request was sent to the one that is passing it on. */
  readonly #path: Visit[] = [];
  /** Visits that are over: each comes after all that it leads to. */
  readonly #over: Visit[] = [];

  constructor(reason: unknown) {
    this.#reason = reason;
  }

  /** Returns whether the request was taken. */
  send(relay: CancelRelay): boolean {
    const outcome: Answers = { taken: false, takenAgain: false };
    this.#askRelay(relay, outcome);
    for (let visit = this.#path.at(-1); visit !== undefined; visit = this.#path.at(-1)) {
      const target = visit.targets[visit.position++];
      if (target === undefined) this.#leave(visit, this.#path.at(-2) ?? outcome);
      else if (isRelay(target)) this.#askRelay(target, visit);
      else if (target.cancel(this.#reason)) visit.taken = true;
    }
    return outcome.taken;
  }

  /** To those who were reached on several ways, callers before those whom they call. */
  tellRepeats(): void {
    for (const visit of this.#over.reverse()) {
      if (visit.repeats === 0) continue;
      for (const target of visit.targets) {
        const below = this.#visits.get(target);
        if (below !== undefined) below.repeats += visit.repeats;
      }
      if (isKeeper(visit.relay)) visit.relay[REPEAT](visit.repeats, visit.takenAgain, this.#reason);
    }
  }

  #askRelay(relay: CancelRelay, caller: Answers): void {
    const visit = this.#visits.get(relay);
    if (visit === undefined) this.#enter(relay);
    else if (visit.isOver) {
      visit.repeats += 1;
      if (visit.takenAgain || isKeeper(relay)) caller.taken = caller.takenAgain = true;
    } else {
      this.#breakCycle();
      caller.taken = true;
    }
  }

  #enter(relay: CancelRelay): void {
    const targets = relay[PASS_ON](this.#reason);
    if (targets === null) return;
    const visit = new Visit(relay, targets);
    this.#visits.set(relay, visit);
    this.#path.push(visit);
  }

  #leave(visit: Visit, caller: Answers): void {
    visit.relay[ANSWER](visit.taken, this.#reason);
    visit.isOver = true;
    this.#path.pop();
    this.#over.push(visit);
    const keeps = isKeeper(visit.relay);
    if (keeps || visit.taken) caller.taken = true;
    if (keeps || visit.takenAgain) caller.takenAgain = true;
  }

  /** The request has come back to one that it went through: interrupts the last one on the way that awaits. A gather on the way only listens. */
  #breakCycle(): void {
    for (let depth = this.#path.length - 1; depth >= 0; depth -= 1) {
      const { relay, targets, position } = this.#path[depth]!;
      if (isKeeper(relay) && relay[INTERRUPT](targets[position - 1]!, this.#reason)) return;
    }
  }
}

function isRelay(target: object): target is CancelRelay {
  return PASS_ON in target;
}

function isKeeper(relay: CancelRelay): relay is CancelKeeper {
  return REPEAT in relay;
}
