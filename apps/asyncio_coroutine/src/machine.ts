/**
 * runMachine: a finite state machine whose states are coroutines that hand over to one another.
 *
 * A state is an async function. It does what it has to, waits for what it has to, and returns which state comes next and why; null ends
 * the machine. The next state is called after this one has returned, and not by it: so a path of a million steps is no deeper than one
 * of two, and what a state began (a timer, a task of its own) has ended before the next one begins.
 */

/** What a state hands over: who comes next, and the value of the transition, which that state is called with. */
export interface Step<Desk> {
  readonly next: State<Desk>;
  readonly because: string;
}

/** A state of the machine; `desk` is what it may use of the world. Its name is that of the function. */
export type State<Desk> = (desk: Desk, because: string) => Promise<Step<Desk> | null>;

/** Hears of each transition before its state is called; `from` is null for the first one. */
export type Observer<Desk> = (from: State<Desk> | null, step: Step<Desk>) => void;

/** Runs the states from `start` until one of them hands over to nobody. Cancelled, it ends in the state that it is in. */
export async function runMachine<Desk>(
  start: State<Desk>,
  desk: Desk,
  observe: Observer<Desk>,
): Promise<void> {
  let from: State<Desk> | null = null;
  let step: Step<Desk> | null = { next: start, because: "start" };
  while (step !== null) {
    observe(from, step);
    from = step.next;
    step = await step.next(desk, step.because);
  }
}
