/** On random graphs, walking once and counting does what CPython's recursion does, which goes each way by itself. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { Future } from "../src/index.ts";
import {
  ANSWER,
  type CancelKeeper,
  type CancelRelay,
  type CancelTarget,
  INTERRUPT,
  PASS_ON,
  REPEAT,
  cancelEach,
} from "../src/port.ts";

/** CPython's `Task`, as far as `cancel` goes. It awaits one thing. */
class ModelTask implements CancelKeeper, CancelTarget {
  requests = 0;
  mustCancel = false;
  readonly awaited: readonly CancelTarget[];

  constructor(awaited: readonly CancelTarget[]) {
    this.awaited = awaited.slice(0, 1);
  }

  /** `Task.cancel` in Lib/asyncio/tasks.py. */
  cancel(): true {
    this.requests += 1;
    if (this.awaited[0]?.cancel() !== true) this.mustCancel = true;
    return true;
  }

  [PASS_ON](): readonly CancelTarget[] {
    this.requests += 1;
    return this.awaited;
  }

  [ANSWER](taken: boolean): void {
    if (!taken) this.mustCancel = true;
  }

  [REPEAT](times: number, taken: boolean): void {
    this.requests += times;
    this[ANSWER](taken);
  }

  [INTERRUPT](): never {
    throw new Error("There is no circle");
  }

  state(): unknown {
    return [this.requests, this.mustCancel];
  }
}

/** CPython's `_GatheringFuture`, as far as `cancel` goes. */
class ModelGather implements CancelRelay, CancelTarget {
  cancelRequested = false;
  readonly children: readonly CancelTarget[];

  constructor(children: readonly CancelTarget[]) {
    this.children = children;
  }

  cancel(): boolean {
    let taken = false;
    for (const child of this.children) taken = child.cancel() || taken;
    if (taken) this.cancelRequested = true;
    return taken;
  }

  [PASS_ON](): readonly CancelTarget[] {
    return this.children;
  }

  [ANSWER](taken: boolean): void {
    if (taken) this.cancelRequested = true;
  }

  state(): unknown {
    return this.cancelRequested;
  }
}

type Plan = readonly {
  readonly kind: "task" | "gather" | "future" | "done";
  readonly links: readonly number[];
}[];

/** Nodes link to earlier ones alone, so there is no circle. */
const plans: fc.Arbitrary<Plan> = fc.array(
  fc.record({
    kind: fc.constantFrom("task", "task", "gather", "future", "done"),
    links: fc.array(fc.nat(1000), { maxLength: 3 }),
  }),
  { minLength: 1, maxLength: 12 },
);

/** Builds the graph, has the last ones cancelled, and returns the state in which all are then, and the order in which the futures ended. */
function stateAfter(plan: Plan, roots: readonly number[], cancelAll: (relays: ModelTask[]) => void): unknown {
  const cancelled: number[] = [];
  const nodes: (ModelTask | ModelGather | Future)[] = [];
  for (const [index, { kind, links }] of plan.entries()) {
    const targets = index === 0 ? [] : links.map((link) => nodes[link % index]!);
    if (kind === "task") nodes.push(new ModelTask(targets));
    else if (kind === "gather") nodes.push(new ModelGather(targets));
    else nodes.push(new LoggedFuture(index, cancelled, kind === "done"));
  }
  const tasks = nodes.filter((node) => node instanceof ModelTask);
  if (tasks.length > 0) cancelAll(roots.map((root) => tasks[root % tasks.length]!));
  return [nodes.map((node) => (node instanceof Future ? node.cancelled() : node.state())), cancelled];
}

class LoggedFuture extends Future {
  readonly #index: number;
  readonly #log: number[];

  constructor(index: number, log: number[], done: boolean) {
    super();
    this.#index = index;
    this.#log = log;
    if (done) this.setResult(undefined);
  }

  override cancel(reason?: unknown): boolean {
    const taken = super.cancel(reason);
    if (taken) this.#log.push(this.#index);
    return taken;
  }
}

describe("cancelEach", () => {
  it("leaves the counts, the kept requests and the order that CPython's recursion leaves", () => {
    fc.assert(
      fc.property(plans, fc.array(fc.nat(1000), { minLength: 1, maxLength: 8 }), (plan, roots) => {
        const walked = stateAfter(plan, roots, (tasks) => cancelEach(tasks, undefined));
        const recursive = stateAfter(plan, roots, (tasks) => {
          for (const task of tasks) task.cancel();
        });
        expect(walked).toEqual(recursive);
      }),
      { numRuns: 1000 },
    );
  });
});
