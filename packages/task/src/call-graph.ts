/**
 * The call graph: who awaits whom, as it is now.
 *
 * For a future it holds those who wait for it and, recursively, those who wait for them. A cycle (two tasks that await each other) is cut
 * where it closes.
 *
 * Python: `asyncio.capture_call_graph`, `format_call_graph`, `print_call_graph` (3.14). Source: Lib/asyncio/graph.py. There is no list of stack
 * frames: a JavaScript engine does not show where a suspended function stands.
 */
import { type Future, UsageError } from "@async/futures";
import { awaitedBy } from "@async/futures/port";

import { currentTask } from "./current-task.ts";

export interface CallGraph {
  readonly future: Future;
  /** In the order in which they began to wait. */
  readonly awaitedBy: readonly CallGraph[];
  /** The future occurs above already: the tasks wait in a circle. */
  readonly isCycle: boolean;
}

/**
 * Returns who waits for the future. Default: the current task.
 *
 * @throws UsageError without an argument outside of tasks.
 */
export function captureCallGraph(future: Future | null = currentTask()): CallGraph {
  if (future === null) throw new UsageError("captureCallGraph: there is no current task here; pass a future");
  return capture(future, new Set());
}

/**
 * Returns the call graph as text, a line for each future.
 *
 * @example
 * ```ts
 * import { createTask, formatCallGraph, gather, sleep } from "@async/task";
 *
 * const leaf = createTask(() => sleep(1), { name: "leaf" });
 * const root = createTask(async () => { await gather([leaf]); }, { name: "root" });
 * await sleep(0);
 * console.log(formatCallGraph(leaf).includes("name='root'")); // true
 * await root;
 * ```
 */
export function formatCallGraph(future: Future | null = currentTask()): string {
  return format(captureCallGraph(future), 0).join("\n");
}

/** Prints the call graph to standard output. */
export function printCallGraph(future: Future | null = currentTask()): void {
  console.log(formatCallGraph(future));
}

function capture(future: Future, above: Set<Future>): CallGraph {
  const isCycle = above.has(future);
  if (isCycle) return { future, awaitedBy: [], isCycle };
  above.add(future);
  const waiters = [...new Set(awaitedBy(future))] as Future[];
  const graph = { future, awaitedBy: waiters.map((waiter) => capture(waiter, above)), isCycle };
  above.delete(future);
  return graph;
}

function format(graph: CallGraph, depth: number): string[] {
  const lead = depth === 0 ? "* " : `${"  ".repeat(depth)}+ awaited by `;
  const line = `${lead}${graph.future.toString()}${graph.isCycle ? " (a cycle)" : ""}`;
  return [line, ...graph.awaitedBy.flatMap((waiter) => format(waiter, depth + 1))];
}
