/**
 * The call graph: who awaits whom, as it is now.
 *
 * For a future it holds those who wait for it and, recursively, those who wait for them. Who waits on several ways, or in a circle, is there
 * once.
 *
 * Python: `asyncio.capture_call_graph`, `format_call_graph`, `print_call_graph` (3.14). Source: Lib/asyncio/graph.py. There is no list of stack
 * frames: a JavaScript engine does not show where a suspended function stands.
 */
import { type Future, UsageError } from "@async/futures";
import { awaitedBy } from "@async/futures/port";

import { currentTask } from "./current-task.ts";

export interface CallGraph {
  readonly future: Future;
  /** In the order in which they began to wait. Tasks that wait for each other refer to each other here. */
  readonly awaitedBy: readonly CallGraph[];
}

/**
 * Returns who waits for the future. Default: the current task.
 *
 * @throws UsageError without an argument outside of tasks.
 */
export function captureCallGraph(future: Future | null = currentTask()): CallGraph {
  if (future === null) throw new UsageError("captureCallGraph: there is no current task here; pass a future");
  return capture(future);
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
  return format(captureCallGraph(future)).join("\n");
}

/** Prints the call graph to standard output. */
export function printCallGraph(future: Future | null = currentTask()): void {
  console.log(formatCallGraph(future));
}

/** Iterative, because chains may be long; each future is captured once, because many may wait for the same. */
function capture(root: Future): CallGraph {
  const nodes = new Map<Future, CallNode>();
  const nodeOf = (future: Future): CallNode => {
    let node = nodes.get(future);
    if (node === undefined) {
      node = { future, awaitedBy: [] };
      nodes.set(future, node);
      pending.push(node);
    }
    return node;
  };
  const pending: CallNode[] = [];
  const top = nodeOf(root);
  for (let node = pending.pop(); node !== undefined; node = pending.pop()) {
    for (const waiter of new Set(awaitedBy(node.future) as Future[])) node.awaitedBy.push(nodeOf(waiter));
  }
  return top;
}

interface CallNode extends CallGraph {
  readonly awaitedBy: CallNode[];
}

/** Deeper than this, lines are not indented further. */
const MAX_INDENT = 20;

function format(graph: CallGraph): string[] {
  const lines: string[] = [];
  const shown = new Set<CallGraph>();
  const pending = [{ node: graph, depth: 0 }];
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    const { node, depth } = next;
    const lead = depth === 0 ? "* " : `${"  ".repeat(Math.min(depth, MAX_INDENT))}+ awaited by `;
    lines.push(`${lead}${node.future.toString()}${shown.has(node) ? " (see above)" : ""}`);
    if (shown.has(node)) continue;
    shown.add(node);
    for (const waiter of node.awaitedBy.toReversed()) pending.push({ node: waiter, depth: depth + 1 });
  }
  return lines;
}
