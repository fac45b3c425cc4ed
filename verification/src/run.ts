/**
 * Run: one program on our loop under a virtual clock; what it did is the observation that is compared with CPython's.
 *
 * It uses the packages as any user would, through their public names, and adds no wait of its own: a trace that differs
 * is theirs.
 */
import type { Future } from "@async/futures";
import { EventLoop, VirtualClock } from "@async/loop";
import { createTask } from "@async/task";

import { Actor, type OperationTable } from "./actor.ts";
import { combineOps } from "./combine-ops.ts";
import { coreOps } from "./core-ops.ts";
import type { Stage } from "./op-family.ts";
import type { Observation, Program, TraceEntry } from "./program.ts";
import { scopeOps } from "./scope-ops.ts";
import { showError, showOutcome, showValue } from "./show.ts";
import { syncOps } from "./sync-ops.ts";

/** Runs a program until nothing is ready and no timer is left; tasks may still be waiting then. */
export async function observe(program: Program): Promise<Observation> {
  return new Run(program).observe();
}

class Run implements Stage {
  readonly loop = new EventLoop({ clock: new VirtualClock() });
  readonly variables = new Map<string, Future>();
  readonly #program: Program;
  readonly #operations: OperationTable = {
    ...coreOps(this),
    ...combineOps(this),
    ...scopeOps(this),
    ...syncOps(this),
  };
  readonly #trace: TraceEntry[] = [];
  readonly #crashes: unknown[] = [];
  #starts = 0;

  constructor(program: Program) {
    this.#program = program;
    this.loop.setExceptionHandler((_loop, context) => {
      // Futures that failed and that nobody looked at are part of the game. A callback that threw is a mistake.
      if (context.handle) this.#crashes.push(context.exception);
    });
  }

  async observe(): Promise<Observation> {
    const main = createTask(() => this.coroutine(0), { loop: this.loop });
    await this.loop.runUntilIdle();
    if (this.#crashes.length > 0) {
      throw new AggregateError(
        this.#crashes,
        `A callback of the loop threw in program ${this.#program.seed}`,
      );
    }
    const finals = Object.fromEntries(
      [...this.variables].map(([name, future]) => [name, showOutcome(future)]),
    );
    return { end: showOutcome(main), trace: [...this.#trace], finals };
  }

  async coroutine(index: number): Promise<unknown> {
    // A coroutine gets its number when it starts: a task that is cancelled before has none.
    const who = `c${index}#${this.#starts++}`;
    const actor = new Actor((what) => {
      this.#trace.push([this.loop.time(), who, what]);
    }, this.#operations);
    actor.log("start");
    try {
      const returned = await actor.perform(this.#program.coros[index] ?? []);
      const value = returned ? returned.value : null;
      actor.log(`return ${showValue(value)}`);
      return value;
    } catch (error) {
      actor.log(`raise ${showError(error)}`);
      throw error;
    }
  }

  known(names: readonly string[]): Future[] {
    return names.flatMap((name) => this.variables.get(name) ?? []);
  }
}
