/**
 * OpFamily: the code of some ops, made for one run, so that what they share (plain futures, locks) is new in each.
 */
import type { Future } from "@async/futures";
import type { EventLoop } from "@async/loop";

import type { Actor, OpResult } from "./actor.ts";
import type { Op } from "./program.ts";

export type OpFamily<O extends Op> = (stage: Stage) => {
  readonly [Name in O[0]]: (actor: Actor, ...args: ArgumentsOf<O, Name>) => OpResult | Promise<OpResult>;
};

type ArgumentsOf<O extends Op, Name> = O extends readonly [Name, ...infer Arguments] ? Arguments : never;

/** What the ops of a run work on. */
export interface Stage {
  readonly loop: EventLoop;
  readonly variables: Map<string, Future>;
  /** The variables of these names, those that are set. */
  known(names: readonly string[]): Future[];
  /** Starts a coroutine of the program, directly: no task. */
  coroutine(index: number): Promise<unknown>;
}
