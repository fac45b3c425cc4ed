/**
 * Actor: one started coroutine, as its ops see it. It writes to the trace under its name and performs ops.
 */
import type { Op, Ops } from "./program.ts";

export class Actor {
  readonly #write: (what: string) => void;
  readonly #operations: OperationTable;

  constructor(write: (what: string) => void, operations: OperationTable) {
    this.#write = write;
    this.#operations = operations;
  }

  log(what: string): void {
    this.#write(what);
  }

  /** Runs ops one after another and resolves to the `Returned` that ended them, or to nothing. */
  async perform(ops: Ops): Promise<OpResult> {
    for (const op of ops) {
      const returned = await this.#start(op);
      if (returned) return returned;
    }
  }

  #start([name, ...args]: Op): OpResult | Promise<OpResult> {
    const operation = this.#operations[name];
    if (!operation) throw new Error(`No such op: ${name}`);
    // Each family has checked its ops against their arguments; a table of them all cannot say so.
    return operation(this, ...(args as never[]));
  }
}

/**
 * Carries the value of a `return` op outwards, through the blocks around it. It is a value and not an error: a block
 * that is left by a return did not throw.
 */
export class Returned {
  readonly value: unknown;

  constructor(value: unknown) {
    this.value = value;
  }
}

// eslint-disable-next-line @typescript-eslint/no-invalid-void-type -- what an op gives that has no return statement
export type OpResult = Returned | void;

/** The code of ops, by name. */
export type OperationTable = Readonly<
  Record<string, (actor: Actor, ...args: never[]) => OpResult | Promise<OpResult>>
>;
