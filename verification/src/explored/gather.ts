/** gather: gives the results in the order of its list, or the first failure; a cancellation reaches all children, and one child no other. */
import assert from "node:assert/strict";

import { CancelledError, Future, isCancelled } from "@async/futures";
import { type Task, createTask, currentTask, gather, sleep } from "@async/task";
import { untilBlocked } from "@async/testing";

import { type Exploration, NAMES, type Stage } from "./exploration.ts";

export const gathers: readonly Exploration[] = [
  { name: "gather", stage: () => stageOf({}) },
  { name: "gather, one fails", stage: () => stageOf({ fails: true }) },
  { name: "gather, returnExceptions", stage: () => stageOf({ fails: true, returnExceptions: true }) },
  { name: "gather, all fail", stage: allFail },
  { name: "gather, cancelled", stage: cancelled },
];

interface Shape {
  /** Bob fails. */
  readonly fails?: boolean;
  readonly returnExceptions?: boolean;
}

function stageOf({ fails = false, returnExceptions = false }: Shape): Stage {
  const failure = new Error("no");
  const children: Task<string>[] = [];
  const work = (name: string, turns: number) => async () => {
    for (let turn = 0; turn < turns; turn += 1) await sleep(0);
    if (fails && name === "bob") throw failure;
    return name;
  };
  /** What a child has come to. */
  const outcomeOf = (child: Task<string>) =>
    child.cancelled() ? "cancelled" : (child.exception() ?? child.result());
  const expected = (name: string) => (fails && name === "bob" ? failure : name);
  return {
    async body() {
      for (const [index, name] of NAMES.entries()) children.push(createTask(work(name, 3 - index), { name }));
      let results: unknown[] | null = null;
      let thrown: unknown = null;
      try {
        results = await gather(children, { returnExceptions: returnExceptions as never });
      } catch (error) {
        // A failure wins over a cancellation that comes along with it, as in Python.
        if (currentTask()!.cancelling() > 0) throw isCancelled(error) ? error : new CancelledError();
        thrown = error;
      }
      if (results === null) {
        assert.equal(returnExceptions, false, "failed in spite of returnExceptions");
        const isOfAChild = isCancelled(thrown)
          ? children.some((child) => child.cancelled())
          : thrown === failure;
        assert.ok(isOfAChild, String(thrown));
      } else {
        const named = results.map((result) => (isCancelled(result) ? "cancelled" : result));
        assert.deepEqual(named, returnExceptions ? children.map(outcomeOf) : NAMES);
      }
      await untilBlocked();
      for (const child of children) {
        assert.equal(child.done(), true);
        if (child.cancelling() === 0)
          assert.equal(outcomeOf(child), expected(child.name), "disturbed by another");
      }
    },
    // The others go on where one fails, and are looked at here: a caller who was cancelled would not.
    check: () => {
      for (const child of children) if (child.done() && !child.cancelled()) child.exception();
    },
  };
}

function allFail(): Stage {
  const fail = async () => {
    await sleep(0);
    throw new Error("no");
  };
  return {
    async body() {
      const children = NAMES.map((name) => createTask(fail, { name }));
      try {
        await gather(children);
        assert.fail("all fail, and it ends well");
      } catch (error) {
        if (currentTask()!.cancelling() > 0) throw isCancelled(error) ? error : new CancelledError();
        assert.ok(isCancelled(error) || (error as Error).message === "no", String(error));
      }
      // The others fail after it has ended: nobody looks at that, and nobody is told.
    },
    check: () => undefined,
  };
}

/** Not by way of its owner: it is cancelled itself, and the children with it, also those of a gather inside. */
function cancelled(): Stage {
  const children: Task[] = [];
  return {
    async body() {
      for (const name of NAMES) children.push(createTask(() => new Future(), { name }));
      const inner = gather(children.slice(1), { returnExceptions: true });
      const all = gather([children[0]!, inner], { returnExceptions: true });
      const canceller = createTask(async () => {
        await untilBlocked();
        all.cancel();
      });
      try {
        await all;
        assert.fail("cancelled, and it ends well");
      } catch (error) {
        if (!isCancelled(error) || currentTask()!.cancelling() > 0) throw error;
      } finally {
        canceller.cancel();
      }
    },
    check: () => {
      for (const child of children) assert.equal(child.cancelled(), true, `${child.name} was not cancelled`);
    },
  };
}
