import { Future, UsageError } from "@async/futures";
import { afterEach, describe, expect, it, vi } from "vitest";

import {
  type CallGraph,
  Task,
  TaskGroup,
  captureCallGraph,
  allTasks,
  createTask,
  formatCallGraph,
  gather,
  printCallGraph,
  shield,
  sleep,
  wait,
} from "../src/index.ts";
import { onVirtualTime } from "./on-virtual-time.ts";

/** The graph as nested names. */
type Names = [string, ...Names[]];
const namesIn = ({ future, awaitedBy }: CallGraph, above: readonly unknown[] = []): Names => [
  (future instanceof Task ? future.name : null) ?? future.constructor.name,
  ...(above.includes(future) ? [] : awaitedBy.map((waiter) => namesIn(waiter, [...above, future]))),
];

/** A leaf that two middles await, which the root gathers. */
async function family(): Promise<{ leaf: Task; end: () => Promise<void> }> {
  const future = new Future();
  const leaf = createTask(async () => await future, { name: "leaf" });
  const middle = (name: string) => createTask(async () => await leaf, { name });
  const root = createTask(async () => await gather([middle("left"), middle("right")]), { name: "root" });
  await sleep(0);
  await sleep(0);
  const end = async () => {
    future.setResult(null);
    await root;
  };
  return { leaf: leaf, end };
}

describe("captureCallGraph", () => {
  it("X-03 gives who awaits a task and, recursively, who awaits those", () =>
    onVirtualTime(async () => {
      const { leaf, end } = await family();
      const gathering: Names = ["GatheringFuture", ["root"]];
      expect(namesIn(captureCallGraph(leaf))).toEqual(["leaf", ["left", gathering], ["right", gathering]]);
      await end();
    }));

  it("X-03 of the current task by default", () =>
    onVirtualTime(async (main) => {
      const inner = createTask(() => namesIn(captureCallGraph()), { name: "inner" });
      const outer = createTask(async () => await inner, { name: "outer", eager: true });
      await outer;
      expect(inner.result()).toEqual(["inner", ["outer", [main.name]]]);
    }));

  it("X-03 of a circle is a circle", () =>
    onVirtualTime(async () => {
      const left: Task = createTask(async () => await right, { name: "left" });
      const right: Task = createTask(async () => await left, { name: "right" });
      await sleep(0);
      const graph = captureCallGraph(left);
      expect(namesIn(graph)).toEqual(["left", ["right", ["left"]]]);
      expect(graph.awaitedBy[0]!.awaitedBy[0]).toBe(graph);
      left.cancel();
    }));

  it("sees through wait, shield and a task group", () =>
    onVirtualTime(async () => {
      const future = new Future();
      const names = { name: "leaf" };
      const leaf = createTask(async () => await future, names);
      const waiter = createTask(() => wait([leaf]), { name: "waiter" });
      const shielding = createTask(async () => await shield(leaf), { name: "shielding" });
      await sleep(0);
      expect(namesIn(captureCallGraph(leaf))).toEqual(["leaf", ["waiter"], ["Future", ["shielding"]]]);
      future.setResult(null);
      await gather([waiter, shielding]);

      const owner = createTask(
        () =>
          TaskGroup.run((group) => {
            void group.createTask(() => sleep(1), { name: "child" });
          }),
        { name: "owner" },
      );
      await sleep(0);
      const child = [...allTasks()].find(({ name }) => name === "child");
      expect(namesIn(captureCallGraph(child))).toEqual(["child", ["owner"]]);
      await owner;
    }));

  it("X-03 outside of tasks takes a future, and refuses to do without", () => {
    expect(namesIn(captureCallGraph(new Future()))).toEqual(["Future"]);
    expect(() => captureCallGraph()).toThrow(
      new UsageError("captureCallGraph: there is no current task here; pass a future"),
    );
  });
});

describe("formatCallGraph", () => {
  it("X-03 has a line for each future, further in for each that waits for it", () =>
    onVirtualTime(async () => {
      const { leaf, end } = await family();
      const lines = formatCallGraph(leaf).split("\n");
      const shapes = lines.map((line) =>
        line.replace(/<(\w+).*?(?:name='(\w+)'.*)?>( \(see above\))?$/, "<$1 $2>$3"),
      );
      expect(shapes).toEqual([
        "* <Task leaf>",
        "  + awaited by <Task left>",
        "    + awaited by <GatheringFuture >",
        "      + awaited by <Task root>",
        "  + awaited by <Task right>",
        "    + awaited by <GatheringFuture > (see above)",
      ]);
      await end();
    }));

  it("X-03 ends where a circle closes", () =>
    onVirtualTime(async () => {
      const left: Task = createTask(async () => await right, { name: "left" });
      const right: Task = createTask(async () => await left, { name: "right" });
      await sleep(0);
      expect(formatCallGraph(left)).toMatch(/name='left'.*\(see above\)$/);
      left.cancel();
    }));
});

describe("printCallGraph", () => {
  afterEach(() => {
    vi.restoreAllMocks();
  });

  it("X-03 prints that text", () =>
    onVirtualTime(async () => {
      const log = vi.spyOn(console, "log").mockImplementation(() => {});
      const future = new Future();
      printCallGraph(future);
      expect(log.mock.calls).toEqual([[formatCallGraph(future)]]);
    }));
});
