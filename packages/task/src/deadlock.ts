/**
 * DeadlockError: nothing can ever happen any more, and the main task still waits.
 *
 * Its message has a line for each task with what it waits for, and names a cycle if there is one. Where Node would end in silence (exit code
 * 13), `run` rejects with this.
 */
import type { FutureLike } from "@async/futures";
import { awaitedBy, brand, nameOf } from "@async/futures/port";
import type { EventLoop } from "@async/loop";

import { tasksOf } from "./task-registry.ts";
import type { Task } from "./task.ts";

const NOT_OF_THE_HOST = "Virtual time does not wait for promises of the host, such as those of fetch and fs.";

export class DeadlockError extends Error {
  static {
    brand(this, "DeadlockError");
  }
  readonly code = "ERR_DEADLOCK";

  /** Describes who waits for whom on the loop. `advice` is the last line. */
  constructor(loop: EventLoop, advice: string | null = loop.hasVirtualTime ? NOT_OF_THE_HOST : null) {
    super(describe(tasksOf(loop) as FutureLike[] as Task[], advice));
  }
}

function describe(tasks: readonly Task[], advice: string | null): string {
  const lines = ["Deadlock: nothing is ready, no timer is set, and these tasks wait:"];
  for (const task of tasks) lines.push(`  ${task.toString()}`);
  const cycle = findCycle(tasks);
  if (cycle !== null) lines.push(`They wait in a circle: ${cycle.map(nameOf).join(" -> ")}`);
  if (advice !== null) lines.push(advice);
  return lines.join("\n");
}

/** Follows who waits for whom from each task; returns the first circle, its first member again at the end. */
function findCycle(tasks: readonly Task[]): FutureLike[] | null {
  const clear = new Set<FutureLike>();
  for (const start of tasks) {
    const path: FutureLike[] = [];
    const pending: { readonly future: FutureLike; readonly depth: number }[] = [{ future: start, depth: 0 }];
    for (let step = pending.pop(); step !== undefined; step = pending.pop()) {
      for (const left of path.splice(step.depth)) clear.add(left);
      const from = path.indexOf(step.future);
      // The path goes from the awaited to the waiter; read backwards it says who waits for whom.
      if (from >= 0) return [step.future, ...path.slice(from).reverse()];
      if (clear.has(step.future)) continue;
      path.push(step.future);
      for (const waiter of awaitedBy(step.future))
        pending.push({ future: waiter as FutureLike, depth: path.length });
    }
    for (const left of path) clear.add(left);
  }
  return null;
}
